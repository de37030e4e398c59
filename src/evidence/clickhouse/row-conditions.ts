import { isDateTime, isDateTime64, isWhole } from './column-type.ts'
import { identifier, literal, literalList } from './encode.ts'
import { textOf } from './raw-text.ts'
import type { Table } from './table.ts'

/**
 * Conditions for the rows and instants that are asked for. On a column of instants or numbers the first stands on the column
 * itself, so that the server leaves parts of the table unread; a text is read before it is known.
 */
export function rowConditions(table: Table): readonly string[] {
  const { sinceMs, untilMs } = table.window
  if (sinceMs === null && untilMs === null) return keepConditions(table)
  const exact = [
    ...(sinceMs === null ? [] : [`ds_ms >= ${sinceMs}`]),
    ...(untilMs === null ? [] : [`ds_ms < ${untilMs}`]),
  ].join(' AND ')
  return [...keepConditions(table), ...pruning(table), `(ds_ms < 0 OR (${exact}))`]
}

/** Rows that a preset takes for requests. */
const keepConditions = (table: Table): readonly string[] =>
  (table.mapping.keep ?? []).map(({ path, allowed }) => `ifNull(${textOf(table, path)}, '') IN ${literalList(allowed)}`)

const UNITS = [0.001, 1, 1000, 1_000_000]

function pruning({ mapping, columns, window: { sinceMs, untilMs } }: Table): readonly string[] {
  const paths = mapping.fields.timestamp ?? []
  const [only] = paths
  const type = paths.length === 1 && only!.path.length === 0 ? columns.get(only!.column) : undefined
  if (type === undefined) return []
  const name = identifier(only!.column)
  const second = (ms: number, round: (n: number) => number): string =>
    `toDateTime(${literal(new Date(round(ms / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' '))}, 'UTC')`
  if (isDateTime(type) || isDateTime64(type)) {
    return [
      ...(sinceMs === null ? [] : [`${name} >= ${second(sinceMs, Math.floor)}`]),
      ...(untilMs === null ? [] : [`${name} < ${second(untilMs, Math.ceil)}`]),
    ]
  }
  if (!isWhole(type)) return []
  const ranges = UNITS.map((unit) =>
    [
      ...(sinceMs === null ? [] : [`${name} >= ${wholeOf(sinceMs, unit, Math.floor)}`]),
      ...(untilMs === null ? [] : [`${name} <= ${wholeOf(untilMs, unit, Math.ceil)}`]),
    ].join(' AND '),
  )
  return [`(${ranges.map((range) => `(${range})`).join(' OR ')})`]
}

/** An instant in seconds, milliseconds, micro- or nanoseconds, which a double could not hold. */
const wholeOf = (ms: number, unit: number, round: (n: number) => number): string =>
  unit < 1 ? String(round(ms * unit)) : String(BigInt(round(ms)) * BigInt(unit))
