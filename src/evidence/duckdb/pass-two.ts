import type { GroupActivity, MappedSource } from '../engine.ts'
import { HOUR_MS } from '../steps.ts'
import { mixSql } from './derive.ts'
import { presentFields } from './fields.ts'
import { recordsSql } from './pass-one.ts'
import type { Session } from './session.ts'

/** The second reading: only accounts with a group are told apart; everybody else is group 0. */
export async function readActivity(
  session: Session,
  logs: readonly MappedSource[],
  groupOf: Int32Array,
  groupCount: number,
): Promise<GroupActivity[]> {
  await session.run('candidates', 'CREATE OR REPLACE TEMP TABLE grouped (n INTEGER, grp INTEGER)')
  const members = [...groupOf.keys()].filter((account) => groupOf[account]! > 0)
  await session.appendRows('grouped', members.length, (appender, row) => {
    appender.appendInteger(members[row]!)
    appender.appendInteger(groupOf[members[row]!]!)
  })
  await session.run(
    'candidates',
    `CREATE OR REPLACE TEMP TABLE candidate AS SELECT account_raw, grp FROM alias JOIN grouped USING (n)`,
  )
  const hours = Array.from({ length: groupCount }, () => new Map<number, number>())
  const sql = `SELECT COALESCE(c.grp, 0)::INTEGER, (ms // ${HOUR_MS})::INTEGER, count(*)::DOUBLE
    FROM (SELECT account_id, ms FROM (${recordsSql(logs, [])}) WHERE reject IS NULL) r
    LEFT JOIN candidate c ON c.account_raw = r.account_id GROUP BY ALL`
  await session.each('second reading', sql, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      hours[columns[0]![row] as number]!.set(columns[1]![row] as number, columns[2]![row] as number)
    }
  })
  const models = await readMix(session, 'model', logs, groupCount)
  const capabilities = await readMix(session, 'capability', logs, groupCount)
  return hours.map((each, group) => ({ hours: each, models: models[group]!, capabilities: capabilities[group]! }))
}

async function readMix(
  session: Session,
  field: string,
  logs: readonly MappedSource[],
  groupCount: number,
): Promise<(readonly (readonly [string, number])[])[]> {
  const mixes: [string, number][][] = Array.from({ length: groupCount }, () => [])
  if (!presentFields(logs).has(field)) return mixes
  await session.each('mix', mixSql(field), (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      mixes[columns[0]![row] as number]!.push([columns[1]![row] as string, columns[2]![row] as number])
    }
  })
  return mixes
}
