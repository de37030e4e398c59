import { type Operation, operationOf } from './expression/operations.ts'
import { compilePath } from './expression/path.ts'

/** Finds a value in a record. Never throws; `undefined` or `null` for what is not there. */
export type Expression = (record: Readonly<Record<string, unknown>>) => unknown

/**
 * Compiles an expression: a path, then operations behind bars (docs/formats.md, "Your own preset").
 *
 * @throws Error for a path or an operation that there is not; the presets' own are tested, a user's are checked when they
 * are read
 */
export function compileExpression(text: string): Expression {
  const [first = '', ...operations] = partsOf(text)
  const find = compilePath(first)
  const steps = operations.map(operationOf)
  if (steps.length === 0) return find
  return (record) => applyAll(find(record), steps)
}

/** The path and the operations; a bar inside the groups of a regular expression is the expression's. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = []
  for (const part of text.split('|')) {
    const last = parts.at(-1)
    if (last?.startsWith('re:') && isOpen(last)) parts[parts.length - 1] = `${last}|${part}`
    else parts.push(part)
  }
  return parts
}

/** Whether a group is begun and not ended. */
function isOpen(source: string): boolean {
  const plain = source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')
  return plain.split('(').length > plain.split(')').length
}

function applyAll(start: unknown, steps: readonly Operation[]): unknown {
  let value = start
  for (const step of steps) {
    if (value === undefined || value === null) return value
    value = step(value)
  }
  return value
}
