import { DAY_MS } from '../steps.ts'
import { isDateTime, isDateTime64, isWhole } from './column-type.ts'
import { identifier, literal, literalList } from './encode.ts'
import { textOf } from './raw-text.ts'
import { hasWindow, type Table } from './table.ts'

/**
 * Conditions for the rows and instants that are asked for. On a column of instants or numbers the first stands on the column
 * itself, so that the server leaves parts of the table unread; a text is read before it is known.
 */
export function rowConditions(table: Table): readonly string[] {
  const { sinceMs, untilMs } = table.window
  if (!hasWindow(table.window)) return keepConditions(table)
  const exact = [`ds_ms >= ${sinceMs ?? 0}`, ...(untilMs === null ? [] : [`ds_ms < ${untilMs}`])].join(' AND ')
  // A stamp that is to be read here may lie in the window; a row without any lies in none.
  return [...keepConditions(table), ...windowConditions(table), `(isNotNull(ds_odd) OR (${exact}))`]
}

/** Rows that a preset takes for requests. */
const keepConditions = (table: Table): readonly string[] =>
  (table.mapping.keep ?? []).map(({ path, allowed }) => `ifNull(${textOf(table, path)}, '') IN ${literalList(allowed)}`)

/**
 * The window on the column itself, to the second or wider: nothing of it is left out. None for a column of texts.
 */
export function windowConditions({
  mapping,
  columns,
  window,
}: Pick<Table, 'mapping' | 'columns' | 'window'>): readonly string[] {
  const { sinceMs, untilMs } = window
  const paths = mapping.fields.timestamp ?? []
  const [only] = paths
  const type = paths.length === 1 && only!.path.length === 0 ? columns.get(only!.column) : undefined
  if (type === undefined || !hasWindow(window)) return []
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
  const ranges = NUMBERS.map((numberOf) =>
    [
      ...(sinceMs === null ? [] : [`${name} >= ${numberOf(sinceMs, Math.floor)}`]),
      ...(untilMs === null ? [] : [`${name} <= ${numberOf(untilMs, Math.ceil)}`]),
    ].join(' AND '),
  )
  return [`(${ranges.map((range) => `(${range})`).join(' OR ')})`]
}

type NumberOf = (ms: number, round: (n: number) => number) => string

/** An instant as a number in each of the units and forms that numbers are read in; most are more than a double holds. */
const NUMBERS: readonly NumberOf[] = [
  (ms, round) => String(round(ms / 1000)),
  ...[
    { sinceMs: 0n, perMs: 1n },
    { sinceMs: 0n, perMs: 1000n },
    { sinceMs: 11_644_473_600_000n, perMs: 10_000n }, // FILETIME, since 1601
    { sinceMs: 62_135_596_800_000n, perMs: 10_000n }, // .NET ticks, since the year 1
    { sinceMs: 0n, perMs: 1_000_000n },
  ].map(
    ({ sinceMs, perMs }): NumberOf =>
      (ms, round) =>
        String((BigInt(round(ms)) + sinceMs) * perMs),
  ),
  (ms, round) => String(round(ms / DAY_MS) + 25_569), // days of a table program
  (ms, round) => calendarDay(ms, round),
  (ms, round) => `${calendarDay(ms, round)}000000`,
]

/** `20260601`, and a day wider, for it may be of any zone. */
function calendarDay(ms: number, round: (n: number) => number): string {
  const days = round(ms / DAY_MS)
  const wider = round === Math.floor ? days - 1 : days + 1
  return new Date(wider * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')
}
