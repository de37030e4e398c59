import type { MappedSource } from '../engine.ts'
import {
  isNoNumericInstant,
  isZonelessRecord,
  MAX_INSTANT_MS,
  MIN_INSTANT_MS,
  withInstants,
  withNumericInstants,
} from './canonical-instant.ts'
import { flatColumn, NUMBER_TYPES, needsCare } from './relation.ts'

/**
 * Numbers of a JSON log that are read as such. As text, the engine writes each out and reads it again. It is only done where
 * the first records of all logs hold numbers; of a count that is text all the same, the engine reads the number in it. A
 * timestamp that is no number would be lost, so that the records with one are read again as text (`runBase`).
 *
 * Two values of a count differ from their text, and are no counts: half a token is rounded to the even number, and `true` is 1.
 */

/** Seconds or milliseconds since the epoch up to the year 2100; other numbers are told apart as text. */
const isEpoch = (value: number): boolean =>
  (value >= 1e8 && value <= MAX_INSTANT_MS / 1000) || (value >= MIN_INSTANT_MS && value <= MAX_INSTANT_MS)

/** The logs, each with the fields that can be read as numbers in all of them: columns of a union have one type. */
export function withNumbers(logs: readonly MappedSource[]): readonly MappedSource[] {
  const numbers = new Set(Object.keys(NUMBER_TYPES).filter((field) => logs.every((log) => isNumber(log, field))))
  return logs.map((log) => ({ ...log, numbers }))
}

/** Whether the timestamps of all logs are read as numbers. */
export const hasNumericTimes = (logs: readonly MappedSource[]): boolean =>
  logs.length > 0 && logs.every(({ numbers }) => numbers?.has('timestamp') === true)

/** Records of the logs with their instant `ms`, NULL where the timestamp is unreadable. */
export const timed = (logs: readonly MappedSource[], records: string): string =>
  (hasNumericTimes(logs) ? withNumericInstants : withInstants)(records, 'timestamp')

/** Of records as text: those whose timestamp was not read as a number. Without an account they are no record either way. */
export const LEFT_BY_NUMBERS = `account_id IS NOT NULL AND ${isNoNumericInstant('timestamp')}`

/** Whether the timestamp of such a record is text without a zone; NULL for numbers. */
export const zonelessOf = (logs: readonly MappedSource[]): string =>
  hasNumericTimes(logs) ? 'NULL::BOOLEAN' : isZonelessRecord('timestamp')

function isNumber({ source, mapping }: MappedSource, field: string): boolean {
  const column = flatColumn(mapping, field)
  if (column === null || source.container !== 'ndjson' || needsCare({ source, mapping })) return false
  const uses = Object.values(mapping.fields).flat()
  if (uses.filter((path) => path.column === column).length > 1) return false
  const values = source.sample.map((record) => record[column]).filter((value) => value != null)
  return values.length > 0 && values.every((value) => typeof value === 'number' && isOf(field, value))
}

const isOf = (field: string, value: number): boolean =>
  field === 'timestamp' ? isEpoch(value) : Number.isInteger(value)
