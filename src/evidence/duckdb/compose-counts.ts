import { REJECT_REASONS } from '../../formats/reject-reasons.ts'
import { present } from './canonical.ts'
import type { Composed, ComposeInput } from './compose.ts'
import { from, IS_PART, type Paths } from './compose-files.ts'
import type { Session } from './session.ts'
import { literal } from './sql.ts'

/** What composing counted. */

/** Records that were read, and rejects by reason, of each log and edge. */
export async function readCounts(
  session: Session,
  { logs, edges }: ComposeInput,
  paths: Paths,
): Promise<Composed['counts']> {
  const counts = [...logs, ...edges].map(() => ({ records: 0, rejected: new Map<string, number>() }))
  const read = (sql: string, offset: number): Promise<void> =>
    session.each('intake', sql, (columns, rows) => {
      for (let row = 0; row < rows; row++) {
        const entry = counts[offset + (columns[0]![row] as number)]!
        const reason = columns[1]![row] as string | null
        if (reason === null) entry.records += columns[2]![row] as number
        else entry.rejected.set(reason, columns[2]![row] as number)
      }
    })
  const found = edges.length > 0 ? 'SELECT rid FROM edge WHERE aid IS NOT NULL' : "SELECT '' WHERE FALSE"
  await read(logCountsSql(paths.rows, found), 0)
  if (edges.length > 0) await read(edgeCountsSql(paths.edges), logs.length)
  return counts
}

/** A row is rejected for what it lacks after the join, and at the file where it stands. */
const logCountsSql = (rows: string, found: string): string => `SELECT source::INTEGER, reason, count(*)::DOUBLE FROM (
    SELECT source, ${logReason('rid', 'tid', found)} AS reason FROM ${from(rows)}) GROUP BY ALL`

/** The reason why a row of a log is none of use, with the columns of {@link rowsSql}. */
const logReason = (rid: string, tid: string, found: string): string =>
  `CASE WHEN account_id IS NULL AND timestamp IS NULL AND ${rid} IS NULL THEN ${literal(REJECT_REASONS.unparsable)}
    WHEN ${present('account_id')} IS NULL AND COALESCE(${rid} NOT IN (${found}), TRUE) AND COALESCE(${tid} NOT IN (${found}), TRUE)
      THEN ${literal(REJECT_REASONS.noAccount)}
    WHEN ms IS NULL THEN CASE WHEN ${present('timestamp')} IS NULL THEN ${literal(REJECT_REASONS.noTimestamp)}
      ELSE ${literal(REJECT_REASONS.badTimestamp)} END END`

/** The reason why a row of an edge is of no use. */
const EDGE_REASON = `CASE WHEN rid IS NULL AND aid IS NULL THEN
    CASE WHEN timestamp IS NULL THEN ${literal(REJECT_REASONS.unparsable)} ELSE ${literal(REJECT_REASONS.noRequestId)} END END`

const edgeCountsSql = (edges: string): string => `SELECT source::INTEGER, ${EDGE_REASON}, count(*)::DOUBLE
  FROM ${from(edges)} GROUP BY ALL`

/** Of each edge: rows whose request was found, the others, those with an id seen before, and those kept for an account. */
export async function readEdgeJoins(
  session: Session,
  edges: number,
  edgesPath: string,
  joined: string,
): Promise<Composed['edgeJoins']> {
  const joins = Array.from({ length: edges }, () => ({ matched: 0, unmatched: 0, repeated: 0, kept: 0 }))
  const found = `(SELECT DISTINCT edge_rid FROM ${from(joined)})`
  const sql = `SELECT source::INTEGER, count(*) FILTER (f.edge_rid IS NOT NULL)::DOUBLE,
      count(*) FILTER (f.edge_rid IS NULL)::DOUBLE, count(*) FILTER (f.edge_rid IS NULL AND aid IS NOT NULL)::DOUBLE
    FROM edge LEFT JOIN ${found} f ON f.edge_rid = edge.rid GROUP BY source`
  await session.each('edges', sql, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      const join = joins[columns[0]![row] as number]!
      join.matched = columns[1]![row] as number
      join.unmatched = columns[2]![row] as number
      join.kept = columns[3]![row] as number
    }
  })
  const rest = `SELECT source::INTEGER, count(rid)::DOUBLE, count(*) FILTER (rid IS NULL AND aid IS NOT NULL)::DOUBLE
    FROM ${from(edgesPath)} GROUP BY source`
  await session.each('edges', rest, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      const join = joins[columns[0]![row] as number]!
      const alone = columns[2]![row] as number // with an account, and no request id
      join.repeated = (columns[1]![row] as number) - join.matched - join.unmatched
      join.unmatched += alone
      join.kept += alone
    }
  })
  return joins
}

/** Records with a request id, and what was left of them; `null` without any. */
export async function readDuplicates(session: Session, paths: Paths): Promise<Composed['duplicates']> {
  const requests = await session.scalar(
    'request ids',
    `SELECT (SELECT count(*) FROM ${from(paths.rows)} WHERE rid IS NOT NULL AND NOT (${IS_PART}))::DOUBLE +
      (SELECT count(DISTINCT rid) FROM ${from(paths.rows)} WHERE ${IS_PART})::DOUBLE`,
  )
  const left = await session.scalar('request ids', `SELECT count(rid)::DOUBLE FROM ${from(paths.requests)}`)
  const distinct = await session.scalar(
    'request ids',
    `SELECT count(*)::DOUBLE FROM (SELECT DISTINCT account_id, rid FROM ${from(paths.requests)} WHERE rid IS NOT NULL)`,
  )
  return requests === 0 ? null : { requests, distinct, removed: requests - left }
}
