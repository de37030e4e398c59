/**
 * The floor: the least that a tool can do which reads every record, by the engine that the scan uses.
 *
 *     node bench/floor.js FILE THREADS      (0: one per core)
 *
 * Prints one line of JSON: seconds of the query alone, rows, accounts, output tokens, the engine's version.
 */
import { DuckDBInstance } from '@duckdb/node-api'

const [path = '', threads = '0'] = process.argv.slice(2)
const file = `'${path.replaceAll("'", "''")}'`
// The columns are named for JSON: the engine's own look at the file takes a third of its time, and would flatter us.
const json = `read_json(${file}, format='newline_delimited', columns={account_id: 'VARCHAR', output_tokens: 'BIGINT'})`
const csv = `read_csv(${file}, header=true)`
const parquet = `read_parquet(${file})`
const reader = /\.csv(\.gz)?$/u.test(path) ? csv : path.endsWith('.parquet') ? parquet : json
const sql = `SELECT sum(requests)::DOUBLE, count(*)::DOUBLE, sum(output_tokens)::DOUBLE, version()
  FROM (SELECT account_id, count(*) AS requests, sum(output_tokens) AS output_tokens FROM ${reader} GROUP BY account_id)`

const instance = await DuckDBInstance.create(':memory:', {
  preserve_insertion_order: 'false',
  ...(threads === '0' ? {} : { threads }),
})
const connection = await instance.connect()
const startedMs = performance.now()
const [row = []] = (await connection.runAndReadAll(sql)).getRows()
const seconds = (performance.now() - startedMs) / 1000
const [rows, accounts, outputTokens, version] = row
process.stdout.write(`${JSON.stringify({ seconds, rows, accounts, outputTokens, version })}\n`)
connection.closeSync()
instance.closeSync()
