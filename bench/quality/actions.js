import { DuckDBInstance } from '@duckdb/node-api'
import { bipartiteOfRows } from '../baselines/bipartite.js'

/** What two actions must have in common besides the hour, by column of a simulated log. */
const OBJECTS = ['ip', 'system_prompt_hash']

/**
 * Who did what in which hour, read straight from a simulated log: the evidence tables hold no hours by value.
 *
 * @param {string} log NDJSON with instants in epoch milliseconds
 * @param {{ ids: readonly string[], threads: number }} how ids by account number; threads of the engine, 0: one per core
 * @returns {Promise<import('../baselines/bipartite.js').Bipartite[]>} accounts × (object, hour), by kind of object
 */
export async function readActions(log, { ids, threads }) {
  const numberOf = new Map(ids.map((id, number) => [id, number]))
  const instance = await DuckDBInstance.create(':memory:', {
    preserve_insertion_order: 'false',
    ...(threads > 0 ? { threads: String(threads) } : {}),
  })
  const connection = await instance.connect()
  const columns = `{account_id: 'VARCHAR', timestamp: 'BIGINT', ${OBJECTS.map((name) => `${name}: 'VARCHAR'`).join(', ')}}`
  const file = `'${log.replaceAll("'", "''")}'`
  try {
    const kinds = []
    for (const object of OBJECTS) {
      await connection.run(`CREATE OR REPLACE TEMP TABLE action AS SELECT DISTINCT account_id, ${object} AS object,
        timestamp // 3600000 AS hour FROM read_json(${file}, format='newline_delimited', columns=${columns})
        WHERE ${object} IS NOT NULL`)
      const shared =
        await connection.runAndReadAll(`SELECT (dense_rank() OVER (ORDER BY object, hour))::INTEGER AS token,
        account_id FROM action JOIN (SELECT object, hour FROM action GROUP BY ALL HAVING count(*) > 1) USING (object, hour)
        ORDER BY token, account_id`)
      const counts = await connection.runAndReadAll('SELECT account_id, count(*)::INTEGER FROM action GROUP BY ALL')
      const held = new Float64Array(ids.length)
      for (const [id, count] of counts.getRows()) held[numberOf.get(id)] = count
      const [tokens = [], names = []] = shared.getColumns()
      const value = Int32Array.from(tokens, (token) => Number(token) - 1)
      const account = Int32Array.from(names, (id) => numberOf.get(id))
      kinds.push(bipartiteOfRows({ accounts: ids.length, values: (value.at(-1) ?? -1) + 1, value, account, held }))
    }
    return kinds
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
