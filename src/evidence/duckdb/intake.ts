import { createRejectLog, type RejectLog } from '../../formats/reject-log.ts'
import type { Intake, MappedSource, SourceJoin } from '../engine.ts'
import { intakeSql, sideJoinsSql } from './derive.ts'
import { presentFields } from './fields.ts'
import { rejectsSql } from './pass-one.ts'
import type { Session } from './session.ts'

interface Counts {
  records: number
  readonly rejected: ReadonlyMap<string, number>
}

/**
 * Records and rejects of every source, in the order of `sources`.
 *
 * @param composed counts of logs and edges that were composed, which the later steps no longer tell apart
 */
export async function readIntake(
  session: Session,
  { sources, logs, sides }: { [K in 'sources' | 'logs' | 'sides']: readonly MappedSource[] },
  composed: ReadonlyMap<MappedSource, Counts>,
  maxRejects: number,
): Promise<Intake[]> {
  const counts = new Map<MappedSource, { records: number; rejected: Map<string, number> }>()
  for (const each of sources) counts.set(each, { records: 0, rejected: new Map() })
  await session.each(
    'intake',
    intakeSql({ hasLogs: composed.size === 0, hasSides: sides.length > 0 }),
    (columns, rows) => {
      for (let row = 0; row < rows; row++) {
        const number = columns[0]![row] as number
        const entry = counts.get(number >= 0 ? logs[number]! : sides[-1 - number]!)!
        const reason = columns[1]![row] as string | null
        const records = columns[2]![row] as number
        if (reason === null) entry.records += records
        else entry.rejected.set(reason, (entry.rejected.get(reason) ?? 0) + records)
      }
    },
  )
  const intake: Intake[] = []
  const hasEdges = sources.some(({ source }) => source.role === 'edge')
  for (const each of sources) {
    const { records, rejected } = composed.get(each) ?? counts.get(each)!
    const rejects = createRejectLog(maxRejects)
    if (rejected.size > 0 && each.source.container !== 'table')
      await readRejects(session, each, rejects, { most: maxRejects, hasEdges })
    for (const [reason, count] of rejected) rejects.raise(reason, count)
    intake.push({ records, rejects, damaged: false })
  }
  return intake
}

async function readRejects(
  session: Session,
  each: MappedSource,
  rejects: RejectLog,
  { most, hasEdges }: { readonly most: number; readonly hasEdges: boolean },
): Promise<void> {
  const fields = [...presentFields([each])].sort()
  await session.run('order', 'SET preserve_insertion_order = true') // record numbers are positions in the file
  await session.each('rejects', rejectsSql(each, fields, most, hasEdges), (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      rejects.add(columns[0]![row] as number, columns[1]![row] as string)
    }
  })
  await session.run('order', 'SET preserve_insertion_order = false')
}

/** How the accounts of each side file met the logs, by the id by which they were found. */
export async function readSideJoins(
  session: Session,
  sources: readonly MappedSource[],
  sides: readonly MappedSource[],
): Promise<SourceJoin[]> {
  const joins: SourceJoin[] = []
  await session.each('side accounts', sideJoinsSql, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      const matched = columns[2]![row] as number
      joins.push({
        source: sources.indexOf(sides[columns[0]![row] as number]!),
        on: columns[1]![row] as SourceJoin['on'],
        matched,
        unmatched: (columns[3]![row] as number) - matched,
        repeated: 0,
        kept: 0,
      })
    }
  })
  return joins
}
