/**
 * Writes a log of NDJSON again by DuckDB, in the form that the ending of the new name tells.
 *
 *     node bench/convert.js FILE TO.parquet|TO.ndjson.zst
 */
import { DuckDBInstance } from '@duckdb/node-api'

const [path = '', to = ''] = process.argv.slice(2)
/** @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "''")}'`
// Columns of which the first records know nothing are there all the same: a sample of the head would miss them.
const rows = `SELECT * FROM read_json(${quoted(path)}, format='newline_delimited', sample_size=500000)`
const how = to.endsWith('.parquet') ? 'FORMAT parquet, COMPRESSION zstd' : 'FORMAT json, COMPRESSION zstd'

const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GiB' })
const connection = await instance.connect()
await connection.run(`COPY (${rows}) TO ${quoted(to)} (${how})`)
connection.closeSync()
instance.closeSync()
