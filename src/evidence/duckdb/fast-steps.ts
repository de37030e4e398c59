import type { MappedSource } from '../engine.ts'
import type { Past } from './case-night.ts'
import { checkSampler } from './case-sampler.ts'
import { emptySql } from './case-tables.ts'
import { fastHolding, REQUEST_IDS } from './fields.ts'
import type { LogSteps } from './log-steps.ts'
import type { Session } from './session.ts'

/** Records per value that is kept of a prompt or signature hash: nearly every request brings a new one. */
const RECORDS_PER_SAMPLED_VALUE = 500_000
/** Of request ids less is enough: what matters is the share that comes again. */
const RECORDS_PER_SAMPLED_ID = 250_000

/** Runs `fast`, with a case `night_fast`. Gives field name → m where one value in m was kept. */
export async function runFastSteps(
  session: Session,
  steps: LogSteps,
  logs: readonly MappedSource[],
  fast: readonly string[],
  present: ReadonlySet<string>,
  past: Past | null,
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
  const how = past === null ? {} : { table: 'night_fast', isByDay: true }
  if (wanted.length > 0 && logs.length > 0) await steps.runFast(session, logs, wanted, how)
  else await session.run('case', emptyFastSql)
  for (const { keepOneIn } of ids) sampled.set(REQUEST_IDS, keepOneIn)
  if (past !== null) checkSampler(past, sampled, steps.sampler)
  return sampled
}

const emptyFastSql = `CREATE TEMP TABLE night_fast AS ${emptySql('fast')}`

/** What is said of the holdings; the request ids are not kept. */
export const samplesOf = (sampled: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...sampled].filter(([name]) => name !== REQUEST_IDS))

/** The smallest power of two >= ratio, at least 1: samples of different size nest. */
export const powerOfTwoAbove = (ratio: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, ratio))))
