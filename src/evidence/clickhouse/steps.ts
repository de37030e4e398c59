import { NOTHING_CARRIED } from '../duckdb/carried.ts'
import { emptySql } from '../duckdb/case-tables.ts'
import { presentFields, REQUEST_IDS } from '../duckdb/fields.ts'
import { mappedTexts } from '../duckdb/indicator-sql.ts'
import { type FastHow, FILE_STEPS, type LogSteps, NO_IDS_SQL } from '../duckdb/log-steps.ts'
import type { Session } from '../duckdb/session.ts'
import type { MappedSource } from '../engine.ts'
import { baseStepSql, MEASURES, nobodyStepSql } from './base-step.ts'
import { inBatches } from './batches.ts'
import { eventStepSql } from './event-step.ts'
import { fastStepSql, idCountSql } from './fast-step.ts'
import { lettersOf } from './letters.ts'
import { oddRowsSql } from './load.ts'
import { loadBaseSql } from './load-base.ts'
import { loadEventsSql } from './load-events.ts'
import { type FetchedFast, loadFastSql } from './load-fast.ts'
import type { Remote } from './remote.ts'
import type { Table } from './table.ts'

export interface RemoteSteps {
  readonly remote: Remote
  /** The table behind a source, as far as it is known before letters are. */
  readonly tableOf: (source: MappedSource) => Omit<Table, 'letters'>
  /** A new path in the private folder. */
  readonly nextPath: () => string
}

interface Context extends RemoteSteps {
  /** The table as it was opened for this reading. */
  readonly open: (session: Session, logs: readonly MappedSource[]) => Promise<Table>
  /** @returns the file with the rows of all queries */
  readonly fetch: (step: string, ...sqls: readonly string[]) => Promise<string>
  /** Whether a stamp came back as text, so that who has which request id is known only here. */
  hasOdd: boolean
  /** m, where the server counts request ids; `null` where `fast` has them. */
  idsKeptOneIn: number | null
}

/** The log steps over a table of a server: reduced there, brought, and made into the same tables as from files. */
export function createRemoteSteps(given: RemoteSteps): LogSteps {
  let table: Table | null = null
  const context: Context = {
    ...given,
    async open(session, [log]) {
      table ??= { ...given.tableOf(log!), letters: await lettersOf(session, log!) }
      return table
    },
    async fetch(step, ...sqls) {
      const path = given.nextPath()
      await given.remote.fetch(step, sqls, path)
      return path
    },
    hasOdd: false,
    idsKeptOneIn: null,
  }
  return {
    async runBase(session, logs, slow, fields) {
      table = null
      await runBase(context, session, logs, { slow, fields })
      return { logs, carried: NOTHING_CARRIED }
    },
    runFast: (session, logs, fast, how) => runFast(context, session, logs, { fast, ...how }),
    runHours: FILE_STEPS.runHours,
    runIds: (session) => session.run('case', NO_IDS_SQL),
    groupHours: FILE_STEPS.groupHours,
    runEvents: (session, logs, onBegun) => {
      const reading = runEvents(context, session, logs)
      onBegun() // what comes waits in the connection while something else is computed
      return reading
    },
    async countIds(session, name) {
      if (context.idsKeptOneIn === null || table === null) return FILE_STEPS.countIds(session, name)
      const [row] = await given.remote.rows('request ids', idCountSql(table, context.idsKeptOneIn))
      return { requests: Number(row?.ds_requests ?? 0), distinct: Number(row?.ds_distinct ?? 0) }
    },
    sampler: { name: 'md5', isKept: (value, m) => `md5_number_lower(${value}) % ${m} = 0` },
    comparesIds: false,
  }
}

async function runBase(
  context: Context,
  session: Session,
  logs: readonly MappedSource[],
  { slow, fields }: { readonly slow: readonly string[]; readonly fields: ReadonlySet<string> },
): Promise<void> {
  const table = await context.open(session, logs)
  const raw = ['account_id', 'timestamp', ...slow, ...MEASURES, ...mappedTexts(fields)]
  const rows = await context.fetch('reading', baseStepSql(table, slow, fields))
  const nobody = await context.fetch('reading', nobodyStepSql(table, raw))
  await session.run('reading', loadBaseSql({ rows, nobody }, slow, fields, table.window))
  context.hasOdd = (await session.scalar('reading', oddRowsSql(rows))) > 0
}

async function runFast(
  context: Context,
  session: Session,
  logs: readonly MappedSource[],
  { fast, table: name, isByDay }: { fast: Parameters<LogSteps['runFast']>[2] } & FastHow,
): Promise<void> {
  const step = 'reading addresses and prompts'
  const table = await context.open(session, logs)
  const fetched: FetchedFast[] = []
  context.idsKeptOneIn = null
  for (const { field, keepOneIn } of fast) {
    if (field === REQUEST_IDS && !context.hasOdd) {
      context.idsKeptOneIn = keepOneIn
      continue
    }
    const path = await context.fetch(step, fastStepSql(table, { field, keepOneIn }, isByDay))
    fetched.push({ field, path })
  }
  const nothing = `CREATE TEMP TABLE ${name} AS ${emptySql('fast')}`
  await session.run(step, fetched.length > 0 ? loadFastSql(name, fetched, isByDay, table.window) : nothing)
}

async function runEvents(context: Context, session: Session, logs: readonly MappedSource[]): Promise<void> {
  const table = await context.open(session, logs)
  const fields = presentFields(logs)
  const batches = inBatches(await spellingsIn(session, 'watched_spelling'))
  const sqls = batches.map((each) => eventStepSql(table, fields, each))
  const path = batches.length === 0 ? null : await context.fetch('second reading', ...sqls)
  await session.run('second reading', loadEventsSql(path, fields, table.window))
}

/** Ids as they are spelt. A sign stands before each while it is read: the reader takes a byte order mark away. */
async function spellingsIn(session: Session, table: string): Promise<string[]> {
  const texts: string[] = []
  await session.each('candidates', `SELECT '=' || account_raw FROM ${table}`, (columns) => {
    for (const text of columns[0]!) texts.push((text as string).slice(1))
  })
  return texts.sort()
}
