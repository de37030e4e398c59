import { REJECT_REASONS } from '../../formats/reject-reasons.ts'
import type { MappedSource } from '../engine.ts'
import { type Carried, lessThan } from './carried.ts'
import { foresee } from './foresee.ts'
import type { BaseReading } from './log-steps.ts'
import { withBuffers } from './memory-bound.ts'
import { hasNumericTimes, LEFT_BY_NUMBERS, withNumbers } from './numbers.ts'
import { baseSql, partOf } from './pass-one.ts'
import { isOutOfMemory, type Session } from './session.ts'
import { literal } from './sql.ts'

/**
 * Runs `base` over files, at first with numbers as such. A timestamp that is none needs its text: then the log is read again,
 * and of it the records that have one.
 *
 * @param slow fields that are keys
 * @param fields all fields that the logs fill
 */
export async function runBase(
  session: Session,
  logs: readonly MappedSource[],
  slow: readonly string[],
  fields: ReadonlySet<string>,
): Promise<BaseReading> {
  return withBuffers(session, async () => {
    const tried = withNumbers(logs)
    const plan = await readBase(session, tried, { slow, fields }, await foresee(session, tried))
    if (!(hasNumericTimes(tried) && (await needsTexts(session)))) return { logs: tried, carried: plan.carried }
    return { logs, carried: await readLeft(session, logs, { slow, fields }, plan) }
  })
}

interface Columns {
  readonly slow: readonly string[]
  readonly fields: ReadonlySet<string>
}

/** The records whose timestamp is no number, from its text; all of them, where there are so many that memory runs out. */
async function readLeft(
  session: Session,
  logs: readonly MappedSource[],
  columns: Columns,
  plan: Plan,
): Promise<Carried> {
  const { slow, fields } = columns
  try {
    await session.run('drop', `DELETE FROM base WHERE reject = ${literal(REJECT_REASONS.badTimestamp)}`)
    const left = { where: LEFT_BY_NUMBERS, isFirst: false }
    await session.run('reading', baseSql(logs, slow, fields, plan.carried, left))
    return plan.carried
  } catch (error) {
    if (!isOutOfMemory(error)) throw error
    await session.run('drop', 'DROP TABLE base')
    return (await readBase(session, logs, columns, plan.carried, plan.parts)).carried
  }
}

/** Whether a timestamp was not read, unless the log has to be read otherwise in any case: for a line that is broken. */
const needsTexts = async (session: Session): Promise<boolean> =>
  (await session.scalar(
    'count',
    `SELECT COALESCE(bool_or(reject = ${literal(REJECT_REASONS.badTimestamp)}) AND NOT bool_or(reject = ${literal(REJECT_REASONS.unparsable)}), FALSE)::INTEGER FROM base`,
  )) === 1

/** Accounts are taken in so many parts at most: the log is read once for each. */
const MOST_PARTS = 16

/** How a log was read in the end. */
interface Plan {
  readonly carried: Carried
  readonly parts: number
}

/**
 * Groups that are filled can be spilled, but not down to nothing, and the engine runs out now and then where there are many.
 * What is carried along is given up first; then the accounts are taken in parts, each of which needs less.
 */
async function readBase(
  session: Session,
  logs: readonly MappedSource[],
  { slow, fields }: Columns,
  wanted: Carried,
  least = 1,
): Promise<Plan> {
  for (let carried = wanted, parts = least; ; ) {
    try {
      for (let number = 0; number < parts; number++) {
        await session.run('reading', baseSql(logs, slow, fields, carried, partOf(number, parts)))
      }
      return { carried, parts }
    } catch (error) {
      const less = lessThan(carried)
      if (!isOutOfMemory(error) || (less === null && parts === MOST_PARTS)) throw error
      await session.run('drop', 'DROP TABLE IF EXISTS base')
      if (less === null) parts *= 2
      else carried = less
    }
  }
}
