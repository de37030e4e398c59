import { columnKeys, type Source } from '../../sources/source.ts'
import type { FieldMapping, FieldPath } from '../format.ts'
import { REJECT_REASONS, STAND_IN } from '../reject-reasons.ts'
import { clientAddress } from '../values/address.ts'
import { clip } from '../values/texts.ts'
import { checkRecord } from './check.ts'
import type { Record_, TranslateOptions, Translator } from './translator.ts'

const TEXTS: ReadonlySet<string> = new Set(['system_prompt', 'user_prompt'])

/**
 * A translator for a file whose columns were recognised by name. Values are handed on as they are, for the engine to
 * make canonical: a file that had to be read carefully gives the same evidence as one that was read in place.
 */
export function translateByColumns(
  mapping: FieldMapping,
  source: Pick<Source, 'dialect'>,
  options: TranslateOptions & { readonly hasTrusted: boolean },
): Translator {
  const fields = [...readersOf(mapping, source)]
    .filter(([field]) => options.fields.has(field))
    .map(([field, read]) => ({ field, read }))
  const prefix = mapping.accountFrom === undefined ? '' : STAND_IN[mapping.accountFrom]
  return (record) => {
    const values: Record<string, string | number> = {}
    let isKnown = false
    for (const { field, read } of fields) {
      const text = firstText(read, record)
      if (text === null) continue
      isKnown = true
      values[field] = TEXTS.has(field) ? clip(text) : text
    }
    if (!isKnown) return { rejected: REJECT_REASONS.unparsable }
    if (prefix !== '' && values.account_id !== undefined) values.account_id = `${prefix}${values.account_id}`
    if (options.hasTrusted && values.ip !== undefined) values.ip = clientAddress(values.ip, options.isTrusted) ?? ''
    return checkRecord(values, options)
  }
}

type Reader = (record: Record_) => unknown

/** Canonical field → readers of the columns that fill it. */
export const readersOf = (
  mapping: FieldMapping,
  { dialect }: Pick<Source, 'dialect'>,
): ReadonlyMap<string, readonly Reader[]> => {
  const keys = dialect === null ? null : columnKeys(dialect.header)
  return new Map(
    Object.entries(mapping.fields).map(([field, paths]) => [field, paths.map((path) => reader(path, keys))]),
  )
}

/** Reads the value of one column of a file's records. */
export const compileColumn = (path: FieldPath, { dialect }: Pick<Source, 'dialect'>): Reader =>
  reader(path, dialect === null ? null : columnKeys(dialect.header))

/** A delimited file's record is keyed by `columnKeys`, since headers may repeat. */
function reader({ column, index, path }: FieldPath, keys: readonly string[] | null): Reader {
  const key = keys === null || index < 0 ? column : (keys[index] ?? column)
  if (path.length === 0) return (record) => own(record, key)
  return (record) => path.reduce((value, step) => own(value, step), own(record, key))
}

const own = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record_)[key] : undefined

function firstText(read: readonly Reader[], record: Record_): string | null {
  for (const each of read) {
    const value = each(record)
    if (value === null || value === undefined || value === '') continue
    const text = typeof value === 'object' ? jsonText(value) : String(value)
    if (text !== null) return text
  }
  return null
}

/** What is nested too deeply for the stack is no value. */
function jsonText(value: object): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    return null
  }
}
