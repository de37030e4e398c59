import type { ClickHouseClient } from '@clickhouse/client'
import { literal } from './encode.ts'

export interface Watch {
  readonly queryId: string
  /** Milliseconds between two questions. */
  readonly everyMs: number
  /** The server has been heard of: it runs the query. */
  readonly onAlive: () => void
  /** Share in [0, 1] of the rows that it has read. */
  readonly onShare: (share: number) => void
}

/**
 * Asks beside the query how far it is. A server that does not say is not asked again; one behind a balancer of load may not
 * know the query.
 *
 * @returns ends the asking
 */
export function watchQuery(client: ClickHouseClient, { queryId, everyMs, onAlive, onShare }: Watch): () => void {
  const query = `SELECT read_rows AS done, total_rows_approx AS total FROM system.processes WHERE query_id = ${literal(queryId)}`
  let isAsking = false
  let isOver = false
  const timer = setInterval(async () => {
    if (isAsking) return
    isAsking = true
    try {
      const answer = await client.query({ query, format: 'JSONEachRow' })
      const [row] = await answer.json<{ done: number | string; total: number | string }>()
      if (row === undefined || isOver) return
      onAlive()
      if (Number(row.total) > 0) onShare(Math.min(1, Number(row.done) / Number(row.total)))
    } catch (error) {
      if (Number((error as { code?: string }).code) > 0) clearInterval(timer) // it refuses; other faults may pass
    } finally {
      isAsking = false
    }
  }, everyMs)
  timer.unref()
  return () => {
    isOver = true
    clearInterval(timer)
  }
}
