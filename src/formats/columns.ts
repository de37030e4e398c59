import { columnKeys, type Source } from '../sources/source.ts'
import type { FieldPath } from './format.ts'

/** Keys deep that a nested record is looked into. */
const MAX_DEPTH = 4
/** Paths that are told apart; an object keyed by ids would have one for each. */
const MAX_COLUMNS = 2000

/** A place in a record that may hold a value. */
export interface Column extends FieldPath {
  /** The keys joined with dots, as it is shown. */
  readonly name: string
  /** `foldName` of `name`. */
  readonly folded: string
}

/** The name as it is compared: lower-case, without `_`, `-` and blanks, which folds camel case, too. */
export const foldName = (name: string): string => name.toLowerCase().replace(/[-_\s]+/g, '')

/** The columns of a table, or the paths of the sample's records that hold anything but an object, as first seen. */
export function listColumns(source: Pick<Source, 'dialect' | 'sample'>): Column[] {
  if (source.dialect === null) return listPaths(source.sample)
  return source.dialect.header.map((name, index) => toColumn({ column: name, index, path: [] }))
}

/** The sample's values at a column, without those that are missing. */
export function sampleValues({ dialect, sample }: Pick<Source, 'dialect' | 'sample'>, column: Column): unknown[] {
  const key = dialect === null ? column.column : (columnKeys(dialect.header)[column.index] ?? column.column)
  const values = sample.map((record) => {
    let value: unknown = Object.hasOwn(record, key) ? record[key] : null
    for (const step of column.path) value = isRecord(value) && Object.hasOwn(value, step) ? value[step] : null
    return value
  })
  return values.filter((value) => value !== null && value !== undefined)
}

const toColumn = (path: FieldPath): Column => {
  const name = [path.column, ...path.path].join('.')
  return { ...path, name, folded: foldName(name) }
}

interface Seen {
  readonly keys: readonly string[]
  /** What is below, by key. */
  readonly below: Map<string, Seen>
  /** `null` was seen here and nothing else, so far. */
  isNull: boolean
  isObject: boolean
  isLeaf: boolean
}

const seenAt = (keys: readonly string[]): Seen => ({
  keys,
  below: new Map(),
  isNull: false,
  isObject: false,
  isLeaf: false,
})

function listPaths(sample: Source['sample']): Column[] {
  const top = seenAt([])
  const all: Seen[] = []
  for (const record of sample) visit(record, top, all)
  const leaves = all.filter(({ isLeaf, isNull, isObject }) => isLeaf || (isNull && !isObject))
  return leaves.map(({ keys: [column = '', ...path] }) => toColumn({ column, index: -1, path }))
}

/** @param all every place in the order in which it was first seen */
function visit(record: Readonly<Record<string, unknown>>, { keys, below }: Seen, all: Seen[]): void {
  for (const key of Object.keys(record)) {
    let entry = below.get(key)
    if (entry === undefined) {
      if (all.length >= MAX_COLUMNS) continue
      entry = seenAt([...keys, key])
      below.set(key, entry)
      all.push(entry)
    }
    const value = record[key]
    if (value === null) entry.isNull = true
    else if (!isRecord(value) || entry.keys.length === MAX_DEPTH) entry.isLeaf = true
    else {
      entry.isObject = true
      visit(value, entry, all)
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
