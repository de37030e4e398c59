import type { MappedSource } from '../engine.ts'
import type { Carried, FastField } from './carried.ts'
import { nightIdSql } from './case-night.ts'
import { emptySql } from './case-tables.ts'
import { REQUEST_IDS } from './fields.ts'
import { groupHoursSql, nightHourSql } from './hours.ts'
import { fastSql } from './pass-one.ts'
import { runBase } from './read-base.ts'
import { runEvents } from './read-watched.ts'
import type { Session } from './session.ts'

/**
 * The steps that read the logs themselves. All later steps read only the tables that these leave in the session, so that
 * an engine which has the logs elsewhere brings its own and shares the rest.
 */
export interface LogSteps {
  /** Leaves `base`. */
  runBase(
    session: Session,
    logs: readonly MappedSource[],
    slow: readonly string[],
    fields: ReadonlySet<string>,
  ): Promise<BaseReading>
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

export interface BaseReading {
  /** The logs as they were read, and are read from now on. */
  readonly logs: readonly MappedSource[]
  /** What was taken along of fast fields, which need no step of their own then. */
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
  runEvents: (session, logs, onBegun) => runEvents(session, logs, onBegun),
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

/** A night without any log. */
const NO_HOURS_SQL = `CREATE TEMP TABLE night_hour AS ${emptySql('account_hour')}`

/** A night without request ids. */
export const NO_IDS_SQL = `CREATE TEMP TABLE night_id AS ${emptySql('recent_id')}`
