import type { MappedSource } from '../engine.ts'
import { type Carried, carriedColumns, carriedRowsSql, dropCarriedSql, type FastField, isCarried } from './carried.ts'
import type { Past } from './case-night.ts'
import { checkSampler } from './case-sampler.ts'
import { emptySql } from './case-tables.ts'
import { fastHolding, REQUEST_IDS } from './fields.ts'
import type { LogSteps } from './log-steps.ts'
import type { Session } from './session.ts'

/** Records per value that is kept of a prompt or signature hash: nearly every request brings a new one. */
export const RECORDS_PER_SAMPLED_VALUE = 500_000
/** Of request ids less is enough: what matters is the share that comes again. */
export const RECORDS_PER_SAMPLED_ID = 250_000

interface FastInput {
  readonly logs: readonly MappedSource[]
  /** Fast fields of logs and side files. */
  readonly fast: readonly string[]
  /** Fields of the logs. */
  readonly present: ReadonlySet<string>
  /** What earlier nights had; `null` without a case. */
  readonly past: Past | null
  /** What the base step took along. */
  readonly carried: Carried
}

/**
 * Runs `fast`, with a case `night_fast`: from what the base step carried, and for what it did not from the logs.
 *
 * @returns field name → m where one value in m was kept
 */
export async function runFastSteps(
  session: Session,
  steps: LogSteps,
  { logs, fast, present, past, carried }: FastInput,
): Promise<ReadonlyMap<string, number>> {
  const sampled = new Map<string, number>()
  if (fast.length === 0) {
    if (past !== null) await session.run('case', emptyFastSql)
    return sampled
  }
  const records = await session.scalar(
    'count',
    'SELECT COALESCE(sum(requests), 0)::DOUBLE FROM base WHERE reject IS NULL',
  )
  const sample = powerOfTwoAbove(records / RECORDS_PER_SAMPLED_VALUE)
  const plan = fast.map((field) => {
    const before = past?.keptOneIn.get(fastHolding(field).name) ?? 1
    return { field, keepOneIn: field === 'ip' ? 1 : Math.max(sample, before) }
  })
  for (const { field, keepOneIn } of plan) if (keepOneIn > 1) sampled.set(fastHolding(field).name, keepOneIn)
  const isComposed = logs[0]?.source.container === 'parquet'
  const withIds = present.has('request_id') && !isComposed
  const ids = withIds ? [{ field: 'request_id', keepOneIn: powerOfTwoAbove(records / RECORDS_PER_SAMPLED_ID) }] : []
  const wanted = [...plan.filter(({ field }) => past === null || present.has(field)), ...ids]
  if (wanted.length === 0 || logs.length === 0) await session.run('case', emptyFastSql)
  else await makeFast(session, steps, wanted, { logs, carried, isByDay: past !== null })
  // With a case `base` is a view, whose columns must stay.
  if (past === null) for (const sql of dropCarriedSql(carried)) await session.run('drop', sql)
  for (const { keepOneIn } of ids) sampled.set(REQUEST_IDS, keepOneIn)
  // A night without a log, or an explanation of what is held, samples nothing.
  if (past !== null && logs.length > 0) checkSampler(past, sampled, steps.sampler)
  return sampled
}

/** The table of all wanted fields, those that were carried and the others. */
async function makeFast(
  session: Session,
  steps: LogSteps,
  wanted: readonly FastField[],
  { logs, carried, isByDay }: Pick<FastInput, 'logs' | 'carried'> & { readonly isByDay: boolean },
): Promise<void> {
  const table = isByDay ? 'night_fast' : 'fast'
  const along = wanted.filter((each) => isCarried(carried, each))
  const rows = carriedRowsSql(along, isByDay).join('\nUNION ALL BY NAME ')
  const apart = wanted.filter((each) => !isCarried(carried, each))
  if (apart.length === 0) return session.run('carried values', `CREATE TEMP TABLE ${table} AS ${rows}`)
  await steps.runFast(session, logs, apart, { table, isByDay })
  if (along.length === 0) return
  for (const column of carriedColumns(along)) {
    await session.run('carried values', `ALTER TABLE ${table} ADD COLUMN ${column} VARCHAR`)
  }
  await session.run('carried values', `INSERT INTO ${table} BY NAME ${rows}`)
}

const emptyFastSql = `CREATE TEMP TABLE night_fast AS ${emptySql('fast')}`

/** What is said of the holdings; the request ids are not kept. */
export const samplesOf = (sampled: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...sampled].filter(([name]) => name !== REQUEST_IDS))

/** The smallest power of two >= ratio, at least 1: samples of different size nest. */
export const powerOfTwoAbove = (ratio: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, ratio))))
