/**
 * Requests per account, as most people would count them with the `csv-parse` package: `node count-csv.js FILE`.
 * Prints one line of JSON: rows and accounts.
 */
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

const counts = new Map()
for await (const { account_id } of createReadStream(process.argv[2] ?? '').pipe(parse({ columns: true })))
  counts.set(account_id, (counts.get(account_id) ?? 0) + 1)
const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
process.stdout.write(`${JSON.stringify({ rows, accounts: counts.size })}\n`)
