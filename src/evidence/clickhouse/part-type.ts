import { type ColumnType, parseType } from './column-type.ts'

/** Elements of a `Tuple`, by name; of one without names, none. */
export const isTuple = ({ type }: ColumnType): boolean => type.startsWith('Tuple(')
export const isMap = ({ type }: ColumnType): boolean => type.startsWith('Map(')
/** JSON in a type of its own. */
export const isJson = ({ type }: ColumnType): boolean => /^(?:JSON|Object)\b/u.test(type)
/** What a file writes as JSON. */
export const isComposite = ({ type }: ColumnType): boolean =>
  /^(?:Map|Tuple|Nested|Array|JSON|Object|Variant)\b/u.test(type)

/**
 * The type of a part, as the column's own type declares it.
 *
 * @returns `null` where it does not: of a JSON path without a type, a part of a text, and an element that there is not
 */
export function partType(whole: ColumnType, path: readonly string[]): ColumnType | null {
  if (path.length === 0) return whole
  const [key, ...below] = path
  if (isJson(whole)) return jsonPathType(whole, path)
  if (isMap(whole)) return partType(mapTypes(whole).value, below)
  if (!isTuple(whole)) return null
  const element = namedTypes(whole).get(key!)
  return element === undefined ? null : partType(parseType(element), below)
}

/** @param type of a `Map` */
export function mapTypes({ type }: ColumnType): { readonly key: ColumnType; readonly value: ColumnType } {
  const [key = 'String', value = 'String'] = argumentsOf(type)
  return { key: parseType(key), value: parseType(value) }
}

/** A path of JSON may be declared with its type: `JSON(a.b DateTime)`. */
function jsonPathType(whole: ColumnType, path: readonly string[]): ColumnType | null {
  const declared = namedTypes(whole).get(path.join('.'))
  return declared === undefined ? null : parseType(declared)
}

/** `name Type` of each argument, quotes taken off; arguments of another form are left out. */
function namedTypes({ type }: ColumnType): ReadonlyMap<string, string> {
  const named = argumentsOf(type).flatMap((each) => {
    const { quoted, plain, rest } =
      /^(?:`(?<quoted>(?:[^`\\]|\\.)*)`|(?<plain>[^\s=`]+))\s+(?<rest>\S.*)$/su.exec(each)?.groups ?? {}
    const name = quoted === undefined ? plain : quoted.replaceAll(/\\(.)/gsu, '$1')
    return name === undefined || name === 'SKIP' ? [] : [[name, rest!] as const]
  })
  return new Map(named)
}

/** What stands between the outermost brackets, taken apart at commas that are in no bracket and no quotes. */
function argumentsOf(type: string): string[] {
  const inner = /^\w+\((?<inner>.*)\)$/su.exec(type)?.groups?.inner ?? ''
  const parts: string[] = []
  let [depth, part] = [0, '']
  for (const [token] of inner.matchAll(/`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'|[\s\S]/gu)) {
    if (token === '(') depth++
    if (token === ')') depth--
    if (token === ',' && depth === 0) {
      parts.push(part.trim())
      part = ''
    } else part += token
  }
  return part.trim() === '' ? parts : [...parts, part.trim()]
}
