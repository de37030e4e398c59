import { ScanError } from '../../errors.ts'
import type { Evidence, MappedSource } from '../engine.ts'
import { REJECT_REASONS } from '../steps.ts'
import { NO_CARDS } from './cards.ts'
import { presentFields, slowFields } from './fields.ts'
import { baseSql, recordsSql, sideSql } from './pass-one.ts'
import type { Session } from './session.ts'
import { literal } from './sql.ts'

/** Runs `base` and `side`. Gives the positions of sources that must be read by the careful reader instead. */
export async function runLogSteps(
  session: Session,
  sources: readonly MappedSource[],
  logs: readonly MappedSource[],
  sides: readonly MappedSource[],
): Promise<ReadonlySet<number>> {
  const logFields = presentFields(logs)
  try {
    await session.run('reading', baseSql(logs, slowFields(logFields), logFields))
    if (sides.length > 0) await session.run('reading accounts', sideSql(sides, sideColumns(sides)))
  } catch (error) {
    if (error instanceof ScanError) throw error
    const damaged = await probe(session, sources)
    if (damaged.size === 0) throw error // no input is to blame: a bug
    return damaged
  }
  return irregular(session, sources, logs, sides)
}

const sideColumns = (sides: readonly MappedSource[]): readonly string[] =>
  [...presentFields(sides)].filter((field) => field !== 'account_id').sort()

/** The kinds of DuckDB error that an input can cause; any other is ours. */
const INPUT_ERROR = /(IO|Invalid Input|Serialization) Error/

/** Which sources cannot be read to their end. */
async function probe(session: Session, sources: readonly MappedSource[]): Promise<ReadonlySet<number>> {
  const damaged = new Set<number>()
  for (const [number, each] of sources.entries()) {
    try {
      await session.scalar('probing', `SELECT count(account_id) FROM (${recordsSql([each], [])})`)
    } catch (error) {
      if (error instanceof ScanError || !INPUT_ERROR.test(String(error))) throw error
      damaged.add(number)
    }
  }
  return damaged
}

/** Which files had records that the quick readers may have read wrongly: their neighbours may be lost. */
async function irregular(
  session: Session,
  sources: readonly MappedSource[],
  logs: readonly MappedSource[],
  sides: readonly MappedSource[],
): Promise<ReadonlySet<number>> {
  const damaged = new Set<number>()
  const mark = (each: MappedSource): void => {
    if (each.source.isCareful !== true) damaged.add(sources.indexOf(each))
  }
  if (sources.some(({ source }) => source.container === 'csv')) {
    const sql = 'SELECT DISTINCT s.file_path FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)'
    await session.each('rejects', sql, (columns) => {
      for (const path of columns[0]!) for (const each of sources) if (each.source.path === path) mark(each)
    })
  }
  for (const [table, among] of [['base', logs] as const, ['side', sides] as const]) {
    if (among.length === 0) continue
    const sql = `SELECT DISTINCT source::INTEGER FROM ${table} WHERE reject = ${literal(REJECT_REASONS.unparsable)}`
    await session.each('rejects', sql, (columns) => {
      for (const number of columns[0]!) {
        const each = among[number as number]!
        if (each.source.container === 'ndjson') mark(each)
      }
    })
  }
  return damaged
}

/** What is handed back when a source must be rewritten first. */
export const unread = (sources: readonly MappedSource[], damaged: ReadonlySet<number>): Evidence => ({
  intake: sources.map((_, number) => ({ records: 0, rejected: {}, firstRejects: [], damaged: damaged.has(number) })),
  tables: EMPTY_TABLES,
  fieldsPresent: new Set(),
  sideAccounts: null,
  notes: [],
})

const none = new Float64Array(0)
const noneWhole = new Int32Array(0)
const EMPTY_TABLES: Evidence['tables'] = {
  accounts: {
    count: 0,
    ids: [],
    requests: none,
    inputTokens: none,
    outputTokens: none,
    deniedRequests: none,
    throttledRequests: none,
    failedRequests: none,
    firstAtMs: none,
    lastAtMs: none,
    activeDays: noneWhole,
    activeHours: noneWhole,
    hourMask: noneWhole,
    maxDayRequests: none,
    firstDayRequests: none,
    createdAtMs: none,
    bannedAtMs: none,
    organization: [],
    plan: [],
    status: [],
    indicators: [],
  },
  fields: [],
  values: { count: 0, field: new Uint8Array(0), text: [], holders: noneWhole },
  holdings: { count: 0, value: noneWhole, account: noneWhole, requests: none, firstAtMs: none, lastAtMs: none },
  cards: NO_CARDS,
}
