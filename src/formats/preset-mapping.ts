import { ScanError } from '../errors.ts'
import { printable } from '../sources/printable.ts'
import type { Column } from './columns.ts'
import type { FieldMapping, FieldPath } from './format.ts'
import type { Preset } from './preset.ts'

/**
 * What a preset makes of the columns of a table, as far as a server can do it: a column, a part of one, or a part of JSON
 * in a text. The notes name the fields that need more, which a file has and a table does not.
 *
 * @param columns of the table, parts of nested ones too
 * @param overrides canonical field → column (`--map`)
 * @param named what columns are by their names, for fields that an open preset leaves free
 * @throws ScanError INPUT_UNMAPPED where the account or the instant needs more, and for a preset that joins rows
 */
export function mapByPreset(
  preset: Preset,
  { name, columns }: { readonly name: string; readonly columns: readonly Column[] },
  overrides: ReadonlyMap<string, Column>,
  named: FieldMapping['fields'] = {},
): FieldMapping {
  if (preset.mergesRows === true)
    throw unfit(name, preset, 'its rows are parts of requests, which only a scan of files puts together')
  const fields: Record<string, readonly FieldPath[]> = preset.isOpen === true ? { ...named } : {}
  const leftOut: string[] = []
  for (const [field, expressions] of [['timestamp', preset.time] as const, ...Object.entries(preset.fields)]) {
    const paths = TEXTS.has(field) ? [] : expressions.flatMap((each) => pathOf(each, columns) ?? [])
    if (paths.length > 0) fields[field] = paths
    if (paths.length < expressions.length) leftOut.push(field)
  }
  for (const [field, { column, index, path }] of overrides) fields[field] = [{ column, index, path }]
  const free = leftOut.filter((field) => !overrides.has(field))
  for (const field of ['timestamp', 'account_id']) {
    const isThere = fields[field] !== undefined || (field === 'account_id' && STAND_INS.some((each) => fields[each]))
    if (!isThere) throw unfit(name, preset, `${field} is in no column of it that a server can read`)
  }
  return {
    preset: preset.id,
    fields: fields.account_id === undefined ? { ...fields, account_id: [] } : fields,
    standsIn: true,
    keep: keptOf(preset, columns),
    columnsSeen: columns.map((column) => column.name),
    notes: notesOf(name, preset, free),
  }
}

/** Of these a file's reader takes the text out of messages, and the names out of tools. */
const TEXTS: ReadonlySet<string> = new Set(['user_prompt', 'system_prompt', 'tools_hash'])
const STAND_INS = ['customer_id', 'api_key_id']

/** `column`, `column.part` or `column|json|at:part`; `null` for anything else, and for a column that is not there. */
function pathOf(expression: string, columns: readonly Column[]): FieldPath | null {
  const [path = '', ...operations] = expression.split('|')
  const [first, at] = operations
  const isJson = operations.length === 2 && first === 'json' && at!.startsWith('at:')
  if ((operations.length > 0 && !isJson) || /[[\]]/.test(expression)) return null
  const whole = columns.find((column) => column.name === path || column.column === path)
  if (!isJson) {
    const exact = columns.find((column) => column.name === path)
    return exact === undefined ? null : { column: exact.column, index: exact.index, path: exact.path }
  }
  return whole === undefined ? null : { column: whole.column, index: whole.index, path: at!.slice(3).split('.') }
}

const keptOf = ({ keep = {} }: Preset, columns: readonly Column[]): NonNullable<FieldMapping['keep']> =>
  Object.entries(keep).flatMap(([path, allowed]) => {
    const found = pathOf(path, columns)
    return found === null ? [] : [{ path: found, allowed: allowed.map(String) }]
  })

function notesOf(name: string, { id, inputTokens }: Preset, leftOut: readonly string[]): readonly string[] {
  return [
    ...(leftOut.length > 0
      ? [`'${printable(name)}' as ${id}: not all is read of ${[...leftOut].sort().join(', ')}`]
      : []),
    ...(inputTokens === 'without-cache' ? [`'${printable(name)}' as ${id}: input tokens leave cached ones out`] : []),
  ]
}

const unfit = (name: string, { id }: Preset, why: string): ScanError =>
  new ScanError(
    'INPUT_UNMAPPED',
    `'${printable(name)}' looks like ${id}, and ${why}`,
    'Name the columns: --input-format generic --map account_id=COLUMN --map timestamp=COLUMN.',
  )
