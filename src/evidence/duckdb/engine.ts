import type { EngineOptions, Evidence, EvidenceEngine, MappedSource } from '../engine.ts'
import { readCards } from './cards.ts'
import { readAccounts, readFields, readHoldings, readValues } from './columns.ts'
import { accountDaySql, accountSql, aliasSql, holdingSql, spellingSql, tupleSql, valueSql } from './derive.ts'
import { readEvents } from './events.ts'
import { fastFields, fastHolding, presentFields, SOLE_ADDRESS, slowFields, slowHoldings } from './fields.ts'
import { readIntake, readSideAccounts } from './intake.ts'
import { fastSql } from './pass-one.ts'
import { readActivity } from './pass-two.ts'
import { runLogSteps, unread } from './read-logs.ts'
import { plainPath } from './relation.ts'
import { openSession, type Session } from './session.ts'

/** Records per value that is kept of a prompt or signature hash: nearly every request brings a new one. */
const RECORDS_PER_SAMPLED_VALUE = 500_000

/** Reads logs with DuckDB. The log itself is never stored: only its reductions are (docs/design.md, "Evidence"). */
export function createDuckDbEngine(options: EngineOptions): EvidenceEngine {
  let session: Session | null = null
  let logs: readonly MappedSource[] = []
  return {
    name: 'duckdb',
    async collect(sources) {
      session?.close()
      session = await openSession(
        options,
        sources.flatMap(({ source }) => [source.path, plainPath(source.path)]),
      )
      logs = sources.filter(({ source }) => source.role === 'log')
      return collect(session, sources, options)
    },
    async readActivity(groupOf, groupCount) {
      if (!session) throw new Error('collect comes first')
      return readActivity(session, logs, groupOf, groupCount)
    },
    async readEvents(watched) {
      if (!session) throw new Error('collect comes first')
      return readEvents(session, logs, watched)
    },
    interrupt: () => session?.interrupt(),
    async close() {
      session?.close()
      session = null
    },
  }
}

async function collect(
  session: Session,
  sources: readonly MappedSource[],
  { config }: EngineOptions,
): Promise<Evidence> {
  const logs = sources.filter(({ source }) => source.role === 'log')
  const sides = sources.filter(({ source }) => source.role === 'accounts')
  if (logs.length === 0) return unread(sources, new Set())
  const damaged = await runLogSteps(session, sources, logs, sides)
  if (damaged.size > 0) return unread(sources, damaged)
  const logFields = presentFields(logs)
  const sideFields = presentFields(sides)
  const fast = fastFields(logFields)
  const sampled = await runFastSteps(session, logs, fast)
  const names = fieldNames(logFields, sideFields, fast)
  await session.run('accounts', spellingSql(sides.length > 0))
  await session.run('accounts', accountSql)
  await session.run('accounts', aliasSql)
  await session.run('tuples', tupleSql(slowFields(logFields)))
  await session.run('account days', accountDaySql)
  await session.run('holdings', holdingSql({ names, logFields, sideFields, fast }))
  if (fast.length > 0) await session.run('drop', 'DROP TABLE fast')
  await session.run('values', valueSql)
  const count = await session.scalar('count', 'SELECT count(*)::DOUBLE FROM account')
  const shared = await session.scalar('count', 'SELECT COALESCE(sum(holders), 0)::DOUBLE FROM value')
  const values = await session.scalar('count', 'SELECT count(*)::DOUBLE FROM value')
  const keepOneIn = powerOfTwoAbove(shared / config.maxFastPairs)
  const fastNumbers = fast.map((field) => names.indexOf(fastHolding(field).name))
  return {
    intake: await readIntake(session, sources, logs, sides),
    tables: {
      accounts: await readAccounts(session, count, logFields, sideFields),
      fields: await readFields(session, count, names, sampled),
      values: await readValues(session, values),
      holdings: await readHoldings(session, shared, keepOneIn, fastNumbers),
      cards: await readCards(session, logFields, sideFields),
    },
    fieldsPresent: new Set([...logFields, ...sideFields]),
    sideAccounts: sides.length > 0 ? await readSideAccounts(session) : null,
    notes: [...samplingNotes(sampled, keepOneIn), ...(await zoneNotes(session)), ...standInNotes(logs)],
  }
}

/** Linkable field names in use, sorted: a field's number is its position. */
const fieldNames = (
  logFields: ReadonlySet<string>,
  sideFields: ReadonlySet<string>,
  fast: readonly string[],
): readonly string[] =>
  [
    ...new Set([
      ...[logFields, sideFields].flatMap((fields) => slowHoldings(fields).map(({ name }) => name)),
      ...fast.map((field) => fastHolding(field).name),
      ...(fast.includes('ip') ? [SOLE_ADDRESS] : []),
    ]),
  ].sort()

/** Runs `fast`. Gives field name → m where one value in m was kept. */
async function runFastSteps(
  session: Session,
  logs: readonly MappedSource[],
  fast: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const sampled = new Map<string, number>()
  const records = await session.scalar('count', 'SELECT COALESCE(sum(requests), 0)::DOUBLE FROM base')
  const plan = fast.map((field) => ({
    field,
    keepOneIn: field === 'ip' ? 1 : powerOfTwoAbove(records / RECORDS_PER_SAMPLED_VALUE),
  }))
  for (const { field, keepOneIn } of plan) if (keepOneIn > 1) sampled.set(fastHolding(field).name, keepOneIn)
  if (plan.length > 0) await session.run('reading addresses and prompts', fastSql(logs, plan))
  return sampled
}

/** The smallest power of two >= ratio, at least 1: samples of different size nest. */
const powerOfTwoAbove = (ratio: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, ratio))))

async function zoneNotes(session: Session): Promise<readonly string[]> {
  const zoneless = await session.scalar(
    'zones',
    'SELECT COALESCE(bool_or(zoneless), FALSE)::INTEGER FROM base WHERE reject IS NULL',
  )
  return zoneless > 0 ? ['timestamps without a zone were read as UTC'] : []
}

/** The generic form of what `FieldMapping.notes` says file by file. */
const standInNotes = (logs: readonly MappedSource[]): readonly string[] =>
  logs.some(({ mapping }) => mapping.notes.length > 0)
    ? ['where account_id is absent, account_fingerprint stands in for it']
    : []

const samplingNotes = (sampled: ReadonlyMap<string, number>, keepOneIn: number): readonly string[] => [
  ...[...sampled].map(([field, m]) => `one ${field} in ${m} was kept, by hash; a kept value keeps all of its holders`),
  ...(keepOneIn > 1
    ? [`of accounts with more than 64 address blocks one block in ${keepOneIn} was kept, by hash`]
    : []),
]
