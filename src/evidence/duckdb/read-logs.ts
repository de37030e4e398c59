import { ScanError } from '../../errors.ts'
import { CANONICAL_FIELDS } from '../../formats/fields.ts'
import { createRejectLog } from '../../formats/reject-log.ts'
import { REJECT_REASONS } from '../../formats/reject-reasons.ts'
import type { EngineOptions, Evidence, MappedSource } from '../engine.ts'
import { NO_CARDS } from './cards.ts'
import { type Carried, NOTHING_CARRIED } from './carried.ts'
import { emptyNightSql, type Past } from './case-night.ts'
import { dropLogSteps, overlapWithCase } from './case-overlap.ts'
import { type Composed, compose, needsComposing } from './compose.ts'
import { presentFields, slowFields } from './fields.ts'
import type { LogSteps } from './log-steps.ts'
import { recordsSql, sideSql } from './pass-one.ts'
import type { Session } from './session.ts'
import { identifier, literal } from './sql.ts'

interface Roles {
  readonly sources: readonly MappedSource[]
  readonly logs: readonly MappedSource[]
  readonly edges: readonly MappedSource[]
  readonly sides: readonly MappedSource[]
}

export interface ReadLogs {
  /** Positions of sources that must be read by the careful reader instead; the rest means nothing then. */
  readonly damaged: ReadonlySet<number>
  /** What is read in the place of the logs from now on. */
  readonly logs: readonly MappedSource[]
  /** `null` when the logs are read as they are. */
  readonly composed: Composed | null
  /** What the base step took along of fast fields. */
  readonly carried: Carried
  /** Fields of the `side` table; `null` when there is none. */
  readonly sideFields: ReadonlySet<string> | null
}

/**
 * Runs the log steps of tonight. Requests that an earlier night counted are left out where ids tell them; where they do not,
 * it is said that days overlap.
 *
 * @param past what the case has; `null` without one
 */
export async function readLogs(
  session: Session,
  steps: LogSteps,
  roles: Roles,
  { config: { dedupe }, tempDirectory: directory }: EngineOptions,
  past: Past | null,
): Promise<ReadLogs & { readonly notes: readonly string[] }> {
  if (roles.logs.length === 0) return { ...(await runNoLogs(session, roles)), notes: [] }
  const read = await runLogSteps(session, steps, roles, { dedupe, directory, excludesKept: false })
  if (past === null || read.damaged.size > 0) return { ...read, notes: [] }
  const fields = steps.comparesIds ? presentFields(read.logs) : new Set<string>()
  const { hasIds, note } = await overlapWithCase(session, fields)
  if (!hasIds) return { ...read, notes: note === null ? [] : [note] }
  await dropLogSteps(session)
  const again = await runLogSteps(session, steps, roles, { dedupe, directory, excludesKept: true })
  return { ...again, notes: note === null ? [] : [note] }
}

/** Side files alone, beside a case. */
async function runNoLogs(session: Session, roles: Roles): Promise<ReadLogs> {
  await session.run('case', emptyNightSql)
  const sideFields = roles.sides.length > 0 ? new Set(presentFields(roles.sides)) : null
  if (sideFields !== null) await runSide(session, roles, sideFields)
  const damaged = await irregular(session, roles, null)
  return { damaged, logs: [], composed: null, carried: NOTHING_CARRIED, sideFields }
}

interface LogStepOptions {
  readonly dedupe: boolean
  readonly directory: string
  /** Whether requests whose ids the case has are left out. */
  readonly excludesKept: boolean
}

/** Runs `base` and `side`, after composing the logs where that is needed. */
async function runLogSteps(session: Session, steps: LogSteps, roles: Roles, how: LogStepOptions): Promise<ReadLogs> {
  const { sources, logs, edges, sides } = roles
  const nothing = { logs, composed: null, carried: NOTHING_CARRIED, sideFields: null }
  try {
    const composed = needsComposing({ ...roles, ...how }) ? await compose(session, { ...roles, ...how }) : null
    const read = composed?.logs ?? logs
    const fields = presentFields(read)
    const base = await steps.runBase(session, read, slowFields(fields), fields)
    const hasSide = sides.length > 0 || edges.length > 0
    const sideFields = hasSide
      ? new Set([...presentFields(sides), ...(edges.length > 0 ? sideColumnsOf(edges) : [])])
      : null
    if (sideFields !== null) await runSide(session, roles, sideFields)
    const damaged = await irregular(session, roles, composed)
    return damaged.size > 0 ? { ...nothing, damaged } : { damaged, composed, ...base, sideFields }
  } catch (error) {
    if (error instanceof ScanError) throw error
    const damaged = await probe(session, sources)
    if (damaged.size === 0) throw error // no input is to blame: a bug
    return { ...nothing, damaged }
  }
}

/** What an edge's row may say of an account, when its request is not found. */
const sideColumnsOf = (edges: readonly MappedSource[]): readonly string[] =>
  CANONICAL_FIELDS.filter(
    ({ name, role }) =>
      (role === 'holding' || role === 'fact') && edges.some(({ mapping }) => mapping.fields[name] !== undefined),
  ).map(({ name }) => name)

async function runSide(session: Session, { edges, sides }: Roles, fields: ReadonlySet<string>): Promise<void> {
  const columns = [...fields].filter((field) => field !== 'account_id').sort()
  const of = sideColumnsOf(edges)
  const more = ['account_id', ...columns].map((field) =>
    field === 'account_id' || of.includes(field) ? identifier(field) : `NULL::VARCHAR AS ${identifier(field)}`,
  )
  const left = edges.length === 0 ? null : `SELECT -1 AS source, ${more.join(', ')} FROM edge_left`
  await session.run('reading accounts', sideSql(sides, columns, left))
}

/** The kinds of DuckDB error that an input can cause; any other is ours. */
const INPUT_ERROR = /(IO|Invalid Input|Serialization) Error/

/** Which sources cannot be read to their end. */
async function probe(session: Session, sources: readonly MappedSource[]): Promise<ReadonlySet<number>> {
  const damaged = new Set<number>()
  for (const [number, each] of sources.entries()) {
    if (each.source.container === 'table') continue
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
  { sources, logs, edges, sides }: Roles,
  composed: Composed | null,
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
  for (const [i, edge] of edges.entries()) {
    const isBroken = composed?.counts[logs.length + i]?.rejected.has(REJECT_REASONS.unparsable)
    if (isBroken && edge.source.container === 'ndjson') mark(edge)
  }
  for (const [table, among] of [['base', logs] as const, ['side', sides] as const]) {
    if (among.length === 0) continue
    const sql = `SELECT DISTINCT source::INTEGER FROM ${table} WHERE source >= 0 AND reject = ${literal(REJECT_REASONS.unparsable)}`
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
  intake: sources.map((_, number) => ({ records: 0, rejects: createRejectLog(0), damaged: damaged.has(number) })),
  tables: EMPTY_TABLES,
  fieldsPresent: new Set(),
  joins: [],
  duplicates: null,
  hours: none,
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
