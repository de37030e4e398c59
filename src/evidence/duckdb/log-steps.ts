import { REJECT_REASONS } from '../../formats/reject-reasons.ts'
import type { MappedSource } from '../engine.ts'
import { type Carried, type FastField, lessThan } from './carried.ts'
import { nightIdSql } from './case-night.ts'
import { emptySql } from './case-tables.ts'
import { eventSql } from './events-sql.ts'
import { REQUEST_IDS } from './fields.ts'
import { foresee } from './foresee.ts'
import { groupHoursSql, nightHourSql } from './hours.ts'
import { hasNumericTimes, withNumbers } from './numbers.ts'
import { baseSql, fastSql } from './pass-one.ts'
import { isOutOfMemory, type Session } from './session.ts'
import { literal } from './sql.ts'

/**
 * The steps that read the logs themselves. All later steps read only the tables that these leave in the session, so that
 * an engine which has the logs elsewhere brings its own and shares the rest.
 */
export interface LogSteps {
  /** Leaves `base`. */
  runBase(session: Session, logs: readonly MappedSource[], what: BaseFields): Promise<BaseReading>
  /** Leaves `fast`, or a table of another name with rows for each UTC day. */
  runFast(session: Session, logs: readonly MappedSource[], fast: readonly FastField[], how: FastHow): Promise<void>
  /** With a case: leaves `night_hour`, requests by account and hour. */
  runHours(session: Session, logs: readonly MappedSource[]): Promise<void>
  /** With a case: leaves `night_id`, hashes of the newest request ids. */
  runIds(session: Session, logs: readonly MappedSource[]): Promise<void>
  /** SQL of groups, hours since the epoch and requests, with every request once; accounts that are no `candidate` are group 0. */
  groupHours(session: Session, logs: readonly MappedSource[]): Promise<string>
  /** Leaves `event`: the requests of the accounts in `watched_spelling`. Calls `onBegun` once it has begun. */
  runEvents(session: Session, logs: readonly MappedSource[], onBegun: () => void): Promise<void>
  /** Sums over the request ids that the fast step kept: requests that have one, and ids by account. */
  countIds(session: Session, table: string): Promise<IdCounts>
  /** How samples of values are drawn. */
  readonly sampler: Sampler
  /** Whether request ids can be held against those that a case has. */
  readonly comparesIds: boolean
}

export interface BaseFields {
  /** Fields that are keys. */
  readonly slow: readonly string[]
  /** All fields that the logs fill. */
  readonly fields: ReadonlySet<string>
  /** Whether a case keeps the rows, which have the same columns every night. */
  readonly isKept: boolean
}

export interface BaseReading {
  /** The logs as they were read, and are read from now on. */
  readonly logs: readonly MappedSource[]
  /** What was taken along of fast fields, which need no step of their own then, and what is counted in columns. */
  readonly carried: Carried
}

/** Draws one value in m by a hash. A case goes on with samples of one sampler alone: those of two have few values in common. */
export interface Sampler {
  readonly name: string
  /** SQL of the session: whether a value is kept. */
  isKept(value: string, m: number): string
}

export interface IdCounts {
  readonly requests: number
  readonly distinct: number
}

export interface FastHow {
  readonly table: string
  readonly isByDay: boolean
}

/** The steps over files that DuckDB reads where they are. */
export const FILE_STEPS: LogSteps = {
  runBase,
  runFast: (session, logs, fast, how) =>
    session.run(
      'reading addresses and prompts',
      `CREATE TEMP TABLE ${how.table} AS ${fastSql(logs, fast, how.isByDay)}`,
    ),
  runHours: (session, logs) => session.run('hours', logs.length > 0 ? nightHourSql : NO_HOURS_SQL),
  runIds: (session, logs) => session.run('case', nightIdSql(logs)),
  groupHours: async () => groupHoursSql,
  async runEvents(session, logs, onBegun) {
    // The engine takes a log for small, since it cannot count its rows, and would build the join's hash table of it.
    await session.run('option', "SET disabled_optimizers = 'join_order,build_side_probe_side'")
    try {
      const reading = session.run('second reading', eventSql(logs))
      onBegun()
      await reading
    } finally {
      await session.run('option', 'RESET disabled_optimizers')
    }
  },
  async countIds(session, table) {
    const sum = (what: string): Promise<number> =>
      session.scalar(
        'request ids',
        `SELECT COALESCE(${what}, 0)::DOUBLE FROM ${table} WHERE ${REQUEST_IDS} IS NOT NULL`,
      )
    return { requests: await sum('sum(requests)'), distinct: await sum('count(*)') }
  },
  sampler: { name: 'duckdb', isKept: (value, m) => `hash(${value}) % ${m} = 0` },
  comparesIds: true,
}

/** Runs `base`, at first with numbers as such. A timestamp that is none needs its text: then the log is read again. */
async function runBase(session: Session, logs: readonly MappedSource[], what: BaseFields): Promise<BaseReading> {
  return withBuffers(session, async () => {
    const tried = withNumbers(logs)
    const carried = await readBase(session, tried, what)
    if (!(hasNumericTimes(tried) && (await needsTexts(session)))) return { logs: tried, carried }
    await session.run('drop', 'DROP TABLE base')
    return { logs, carried: await readBase(session, logs, what) }
  })
}

/** Whether a timestamp was not read, unless the log has to be read otherwise in any case: for a line that is broken. */
const needsTexts = async (session: Session): Promise<boolean> =>
  (await session.scalar(
    'count',
    `SELECT COALESCE(bool_or(reject = ${literal(REJECT_REASONS.badTimestamp)}) AND NOT bool_or(reject = ${literal(REJECT_REASONS.unparsable)}), FALSE)::INTEGER FROM base`,
  )) === 1

/**
 * MiB that are not groups while the log is read: of each thread two buffers of twice the longest record, and some for the
 * engine itself. None of it can be spilled.
 */
const BUFFERS_MIB = 64
const ENGINE_MIB = 40

/**
 * Lets the engine have these beside its bound: inside of it, the engine gives four fifths of the bound to groups before it
 * begins to spill, and runs out. Of the process nothing else is there yet, so that its peak is later.
 */
async function withBuffers<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const bound = (mebibytes: number): Promise<void> => session.run('option', `SET memory_limit = '${mebibytes}MiB'`)
  const threads = await session.scalar('option', "SELECT current_setting('threads')::DOUBLE")
  await bound(session.memoryMiB + ENGINE_MIB + BUFFERS_MIB * threads)
  const done = await work()
  await bound(session.memoryMiB)
  return done
}

/**
 * What is carried along takes memory, and values cannot be spilled: where it is too much, the log is read again with less.
 */
async function readBase(
  session: Session,
  logs: readonly MappedSource[],
  { slow, fields, isKept }: BaseFields,
): Promise<Carried> {
  for (let carried = await foresee(session, logs, isKept); ; ) {
    try {
      await session.run('reading', baseSql(logs, slow, fields, carried))
      return carried
    } catch (error) {
      const less = lessThan(carried)
      if (!isOutOfMemory(error) || less === null) throw error
      carried = less
    }
  }
}

/** A night without any log. */
const NO_HOURS_SQL = `CREATE TEMP TABLE night_hour AS ${emptySql('account_hour')}`

/** A night without request ids. */
export const NO_IDS_SQL = `CREATE TEMP TABLE night_id AS ${emptySql('recent_id')}`
