import type { Config } from '../../config.ts'
import type { Duplicates } from '../../model.ts'
import type { EngineOptions, Evidence, EvidenceEngine, MappedSource } from '../engine.ts'
import { readCards } from './cards.ts'
import { keepNight, type NightFields } from './case-keep.ts'
import { joinKeptFast, joinKeptLogs, type Past, readPast } from './case-night.ts'
import { nightWindowSql, windowSql } from './case-window.ts'
import { readAccounts, readFields, readHoldings, readValues } from './columns.ts'
import type { Composed } from './compose.ts'
import { accountDaySql, accountSql, aliasSql, hoursSql, spellingSql, tupleSql } from './derive.ts'
import { NO_EVENTS, REQUESTS_OF, readEvents, TONIGHT_OF } from './events.ts'
import { powerOfTwoAbove, runFastSteps, samplesOf } from './fast-steps.ts'
import { fastFields, fastHolding, fieldNames, presentFields, REQUEST_IDS, slowFields } from './fields.ts'
import { blockSql, holdingSql, sideFastSql, valueSql } from './holding-sql.ts'
import { keptGroupHoursSql } from './hours.ts'
import { readIntake, readSideJoins } from './intake.ts'
import { FILE_STEPS, type LogSteps } from './log-steps.ts'
import { makeRoom, withRoom } from './memory-bound.ts'
import { samplingNotes, standInNotes, zoneNotes } from './notes.ts'
import { readActivity } from './pass-two.ts'
import { type ReadLogs, readLogs, unread } from './read-logs.ts'
import { plainPath } from './relation.ts'
import { isOutOfMemory, openSession, type Session } from './session.ts'

/**
 * Reads logs with DuckDB. The log itself is not stored: only its reductions are (docs/design.md, "Evidence").
 *
 * @param steps how the logs are read, where they are not files
 */
export function createDuckDbEngine(options: EngineOptions, steps: LogSteps = FILE_STEPS): EvidenceEngine {
  let session: Session | null = null
  let isInterrupted = false
  let logs: readonly MappedSource[] = []
  let night: NightFields | null = null
  return {
    name: 'duckdb',
    async collect(sources) {
      options.onStage?.('reading')
      const before = session
      session = null
      await before?.close()
      session = await openSession(
        options,
        sources.flatMap(({ source }) => [source.path, plainPath(source.path)]),
      )
      if (isInterrupted) session.interrupt() // it came while there was none
      const read = await collect(session, steps, sources, options)
      if (!read.evidence.intake.some(({ damaged }) => damaged)) await makeRoom(session)
      logs = read.logs
      night = read.night
      return read.evidence
    },
    async readActivity(groupOf, groupCount) {
      if (!session) throw new Error('collect comes first')
      const fields = night?.tonight.logFields ?? presentFields(logs)
      const opened = session
      const hoursSql = async (): Promise<string> =>
        night === null ? steps.groupHours(opened, logs) : keptGroupHoursSql
      return withRoom(opened, () => readActivity(opened, hoursSql, fields, { groupOf, groupCount }))
    },
    async readEvents(watched, onBegun) {
      if (!session) throw new Error('collect comes first')
      if (logs.length === 0) return NO_EVENTS
      const opened = session
      const requestsOf = night === null ? REQUESTS_OF : TONIGHT_OF
      return withRoom(opened, () => readEvents(opened, logs, watched, { steps, requestsOf, onBegun }))
    },
    async keep(what) {
      if (!session || night === null) throw new Error('there is no case')
      return await keepNight(session, steps, night, what)
    },
    interrupt() {
      isInterrupted = true
      session?.interrupt()
    },
    async close() {
      const closing = session?.close()
      session = null
      await closing
    },
  }
}

interface Roles {
  readonly sources: readonly MappedSource[]
  readonly logs: readonly MappedSource[]
  readonly edges: readonly MappedSource[]
  readonly sides: readonly MappedSource[]
}

const rolesOf = (sources: readonly MappedSource[]): Roles => {
  const of = (role: string) => sources.filter(({ source }) => source.role === role)
  return { sources, logs: of('log'), edges: of('edge'), sides: of('accounts') }
}

/** @returns the evidence, and what is read again in the place of the logs */
async function collect(
  session: Session,
  steps: LogSteps,
  sources: readonly MappedSource[],
  options: EngineOptions,
): Promise<{
  readonly evidence: Evidence
  readonly logs: readonly MappedSource[]
  readonly night: NightFields | null
}> {
  const { config, maxRejects = 100 } = options
  const roles = rolesOf(sources)
  const nothing = (damaged: ReadonlySet<number>) => {
    return { evidence: unread(sources, damaged), logs: roles.logs, night: null }
  }
  const past = options.caseFile === undefined ? null : await readPast(session)
  if (roles.logs.length === 0 && past === null) return nothing(new Set())
  const read = await readLogs(session, steps, roles, options, past)
  if (read.damaged.size > 0) return nothing(read.damaged)
  const { logs, composed } = read
  const { logFields, sideFields } = fieldsOf(read, past)
  const hasSide = read.sideFields !== null || (past?.sideFields.size ?? 0) > 0
  if (past !== null) await joinNights(session, steps, logs, [read.sideFields !== null, hasSide])
  const fast = fastFields(new Set([...logFields, ...sideFields]))
  const fastInput = { logs, fast, present: presentFields(logs), past, carried: read.carried }
  const sampled = await runFastSteps(session, steps, fastInput)
  const hasIds = presentFields(logs).has('request_id') && composed === null && fast.length > 0
  const duplicates = hasIds
    ? await readDuplicates(session, steps, past === null ? 'fast' : 'night_fast', sampled.get(REQUEST_IDS) ?? 1)
    : duplicatesOf(composed)
  options.onStage?.('evidence')
  if (past !== null && fast.length > 0) await joinKeptFast(session, fast, sampled, past, steps.sampler)
  for (const field of fast) if (sideFields.has(field)) await session.run('holdings', sideFastSql(field))
  const names = fieldNames(logFields, sideFields, fast)
  await derive(session, { names, logFields, sideFields, fast }, hasSide)
  const { tables, keepOneIn } = await readTables(session, { names, logFields, sideFields, fast, sampled }, config)
  const evidence = {
    intake: await readIntake(session, roles, countsOf(roles, composed), maxRejects),
    tables,
    fieldsPresent: new Set([...logFields, ...sideFields]),
    joins: await readJoins(session, roles, composed),
    duplicates,
    hours: await readHours(session),
    endMs: await readEnd(session, past !== null),
    notes: [
      ...samplingNotes(sampled, keepOneIn, past?.lost),
      ...(await zoneNotes(session, config.timeZone)),
      ...[...standInNotes(roles.logs), ...read.notes],
    ],
  }
  const keptOneIn = samplesOf(sampled)
  const night = past && { past, tonight: { logFields, sideFields, keptOneIn, sampler: steps.sampler.name }, logs }
  return { evidence, logs, night }
}

/** Puts the log steps of earlier nights beside tonight's. */
async function joinNights(
  session: Session,
  steps: LogSteps,
  logs: readonly MappedSource[],
  [hasNightSide, hasSide]: readonly [boolean, boolean],
): Promise<void> {
  await joinKeptLogs(session, hasNightSide, hasSide)
  await session.run('case', nightWindowSql)
  await steps.runHours(session, logs)
}

/** Canonical fields of logs and of side files, those of earlier nights among them. */
const fieldsOf = ({ logs, sideFields }: Pick<ReadLogs, 'logs' | 'sideFields'>, past: Past | null) => ({
  logFields: new Set([...presentFields(logs), ...(past?.logFields ?? [])]),
  sideFields: new Set([...(sideFields ?? []), ...(past?.sideFields ?? [])]),
})

/** Runs the steps that read only what the log steps left. */
async function derive(session: Session, fields: Omit<Fields, 'sampled'>, hasSide: boolean): Promise<void> {
  const { logFields, sideFields, fast } = fields
  await session.run('accounts', spellingSql(hasSide ? sideFields : null, logFields))
  await session.run('accounts', accountSql)
  await session.run('accounts', aliasSql)
  await session.run('tuples', tupleSql(slowFields(logFields)))
  await session.run('account days', accountDaySql)
  await makeHoldings(session, fields)
  if (fast.length > 0) await session.run('drop', 'DROP TABLE fast')
  await session.run('values', valueSql)
}

/** `holding`, with a dictionary of addresses where memory carries it. */
async function makeHoldings(session: Session, fields: Omit<Fields, 'sampled'>): Promise<void> {
  const hasBlocks = fields.fast.includes('ip')
  try {
    if (hasBlocks) await session.run('holdings', blockSql)
    await session.run('holdings', holdingSql({ ...fields, hasBlocks }))
  } catch (error) {
    if (!(hasBlocks && isOutOfMemory(error))) throw error
    await session.run('drop', 'DROP TABLE IF EXISTS block')
    return session.run('holdings', holdingSql({ ...fields, hasBlocks: false }))
  }
  if (hasBlocks) await session.run('drop', 'DROP TABLE block')
}

interface Fields {
  readonly names: readonly string[]
  readonly logFields: ReadonlySet<string>
  readonly sideFields: ReadonlySet<string>
  readonly fast: readonly string[]
  readonly sampled: ReadonlyMap<string, number>
}

async function readTables(session: Session, { names, logFields, sideFields, fast, sampled }: Fields, config: Config) {
  const count = await session.scalar('count', 'SELECT count(*)::DOUBLE FROM account')
  const shared = await session.scalar('count', 'SELECT COALESCE(sum(holders), 0)::DOUBLE FROM value')
  const values = await session.scalar('count', 'SELECT count(*)::DOUBLE FROM value')
  const keepOneIn = powerOfTwoAbove(shared / config.maxFastPairs)
  const fastNumbers = fast.map((field) => names.indexOf(fastHolding(field).name))
  const tables = {
    accounts: await readAccounts(session, count, logFields, sideFields),
    fields: await readFields(session, count, names, sampled),
    values: await readValues(session, values),
    holdings: await readHoldings(session, shared, keepOneIn, fastNumbers),
    cards: await readCards(session, logFields, sideFields),
  }
  return { tables, keepOneIn }
}

const countsOf = ({ logs, edges }: Roles, composed: Composed | null) =>
  new Map(composed === null ? [] : [...logs, ...edges].map((each, i) => [each, composed.counts[i]!] as const))

async function readJoins(session: Session, { sources, edges, sides }: Roles, composed: Composed | null) {
  const rows = edges.map((edge, i) => {
    const join = composed!.edgeJoins[i]!
    return { source: sources.indexOf(edge), on: 'request_id' as const, ...join }
  })
  return [...rows, ...(sides.length > 0 ? await readSideJoins(session, sources, sides) : [])]
}

function duplicatesOf(composed: Composed | null): Duplicates | null {
  if (composed?.duplicates == null) return null
  const { requests, distinct, removed } = composed.duplicates
  return { requests, distinctRequestIds: distinct, isExact: true, removed }
}

/** From the sample of the ids that the fast step kept: what came more than once, times what it stands for. */
async function readDuplicates(
  session: Session,
  steps: LogSteps,
  table: string,
  keptOneIn: number,
): Promise<Duplicates | null> {
  const { requests, distinct } = await steps.countIds(session, table)
  if (requests === 0) return null
  return {
    requests: requests * keptOneIn,
    distinctRequestIds: distinct * keptOneIn,
    isExact: keptOneIn === 1,
    removed: 0,
  }
}

async function readHours(session: Session): Promise<Float64Array> {
  const hours: number[] = []
  await session.each('hours', hoursSql, (columns) => {
    for (const hour of columns[0]!) hours.push(hour as number)
  })
  return Float64Array.from(hours)
}

async function readEnd(session: Session, hasCase: boolean): Promise<number | null> {
  const from = hasCase ? 'night_window' : `(${windowSql('(SELECT *, NULL AS reject FROM account_day)', 'account')})`
  const ms = await session.scalar('window', `SELECT COALESCE(max(last_ms), -1)::DOUBLE FROM ${from}`)
  return ms < 0 ? null : ms
}
