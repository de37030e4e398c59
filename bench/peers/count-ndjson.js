/**
 * Requests per account, as most people would count them with the `ndjson` package: `node count-ndjson.js FILE`.
 * Prints one line of JSON: rows and accounts.
 */
import { createReadStream } from 'node:fs'
import ndjson from 'ndjson'

const counts = new Map()
for await (const { account_id } of createReadStream(process.argv[2] ?? '').pipe(ndjson.parse()))
  counts.set(account_id, (counts.get(account_id) ?? 0) + 1)
const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
process.stdout.write(`${JSON.stringify({ rows, accounts: counts.size })}\n`)
