import { CASE } from './case-tables.ts'
import { windowSql } from './case-window.ts'
import type { Session } from './session.ts'

/** Whether tonight's logs tell of times that the case has already, and whether request ids tell which. */
export interface Overlap {
  readonly hasIds: boolean
  /** One sentence for the report; `null` without an overlap. */
  readonly note: string | null
}

const TONIGHT = `(${windowSql('base')})`

/** @param fields canonical fields of tonight's logs */
export async function overlapWithCase(session: Session, fields: ReadonlySet<string>): Promise<Overlap> {
  const hours = await session.scalar(
    'case',
    `SELECT COALESCE(max(least(i.last_ms, t.last_ms) - greatest(i.first_ms, t.first_ms)), -1)::DOUBLE / 3600000
      FROM ${CASE}.input i, ${TONIGHT} t WHERE i.role = 'log' AND i.first_ms <= t.last_ms AND i.last_ms >= t.first_ms`,
  )
  const days = await session.scalar(
    'case',
    `SELECT count(*)::DOUBLE FROM (SELECT DISTINCT day FROM ${CASE}.recent_id) JOIN (SELECT DISTINCT day FROM base WHERE reject IS NULL) USING (day)`,
  )
  const hasIds = fields.has('request_id') && days > 0
  // Late rows may be so few that the window leaves them out; where the case has ids of their day they are held against these.
  if (!(hours > 0)) return { hasIds, note: null }
  const what = `the logs overlap in time with an earlier scan of the case, by ${hours < 1 ? 'less than an hour' : `up to ${Math.round(hours)} hours`}`
  const counted = hasIds
    ? 'requests of its newest two days whose ids are known count once'
    : 'without request ids of those days, requests may count twice'
  return { hasIds, note: `${what}: ${counted}` }
}

/** Takes tonight's log steps back, to be run anew. */
export async function dropLogSteps(session: Session): Promise<void> {
  for (const what of [
    'TABLE IF EXISTS base',
    'TABLE IF EXISTS side',
    'TABLE IF EXISTS edge_left',
    'VIEW IF EXISTS edge',
  ]) {
    await session.run('drop', `DROP ${what}`)
  }
}
