import type { GroupActivity } from '../engine.ts'
import { mixSql } from './derive.ts'
import type { Session } from './session.ts'

/**
 * What the groups did by hour, model and capability: only accounts with a group are told apart, everybody else is group 0.
 *
 * @param hoursSql gives SQL of groups, hours since the epoch and requests, once `candidate` is there
 * @param fields canonical fields of the logs
 */
export async function readActivity(
  session: Session,
  hoursSql: () => Promise<string>,
  fields: ReadonlySet<string>,
  { groupOf, groupCount }: { readonly groupOf: Int32Array; readonly groupCount: number },
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
  await session.each('hours', await hoursSql(), (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      hours[columns[0]![row] as number]!.set(columns[1]![row] as number, columns[2]![row] as number)
    }
  })
  const models = await readMix(session, 'model', fields, groupCount)
  const capabilities = await readMix(session, 'capability', fields, groupCount)
  return hours.map((each, group) => ({ hours: each, models: models[group]!, capabilities: capabilities[group]! }))
}

async function readMix(
  session: Session,
  field: string,
  fields: ReadonlySet<string>,
  groupCount: number,
): Promise<(readonly (readonly [string, number])[])[]> {
  const mixes: [string, number][][] = Array.from({ length: groupCount }, () => [])
  if (!fields.has(field)) return mixes
  await session.each('mix', mixSql(field), (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      mixes[columns[0]![row] as number]!.push([columns[1]![row] as string, columns[2]![row] as number])
    }
  })
  return mixes
}
