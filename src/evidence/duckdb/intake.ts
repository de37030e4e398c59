import type { Intake, MappedSource } from '../engine.ts'
import { intakeSql, sideAccountsSql } from './derive.ts'
import { presentFields } from './fields.ts'
import { rejectsSql } from './pass-one.ts'
import type { Session } from './session.ts'

/** Records and rejects of every source, in the order of `sources`. */
export async function readIntake(
  session: Session,
  sources: readonly MappedSource[],
  logs: readonly MappedSource[],
  sides: readonly MappedSource[],
): Promise<Intake[]> {
  const counts = new Map<MappedSource, { records: number; rejected: Record<string, number> }>()
  for (const each of sources) counts.set(each, { records: 0, rejected: {} })
  await session.each('intake', intakeSql(sides.length > 0), (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      const number = columns[0]![row] as number
      const entry = counts.get(number >= 0 ? logs[number]! : sides[-1 - number]!)!
      const reason = columns[1]![row] as string | null
      const records = columns[2]![row] as number
      if (reason === null) entry.records += records
      else entry.rejected[reason] = (entry.rejected[reason] ?? 0) + records
    }
  })
  const intake: Intake[] = []
  for (const each of sources) {
    const entry = counts.get(each)!
    const hasRejects = Object.keys(entry.rejected).length > 0
    intake.push({ ...entry, damaged: false, firstRejects: hasRejects ? await readFirstRejects(session, each) : [] })
  }
  return intake
}

async function readFirstRejects(session: Session, each: MappedSource): Promise<Intake['firstRejects']> {
  const rejects: { record: number; reason: string }[] = []
  const fields = [...presentFields([each])].sort()
  await session.run('order', 'SET preserve_insertion_order = true') // record numbers are positions in the file
  await session.each('rejects', rejectsSql(each, fields, each.source.role === 'log'), (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      rejects.push({ record: columns[0]![row] as number, reason: columns[1]![row] as string })
    }
  })
  await session.run('order', 'SET preserve_insertion_order = false')
  return rejects
}

/** How many accounts of the side files have requests. */
export async function readSideAccounts(session: Session): Promise<{ matched: number; unmatched: number }> {
  const counts = { matched: 0, unmatched: 0 }
  await session.each('side accounts', sideAccountsSql, (columns) => {
    counts.matched = columns[0]![0] as number
    counts.unmatched = (columns[1]![0] as number) - counts.matched
  })
  return counts
}
