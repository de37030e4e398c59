import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * What people use instead to count requests by account.
 *
 * @typedef {object} Peer
 * @property {string} id
 * @property {string} title
 * @property {'ndjson' | 'csv'} log
 * @property {readonly string[]} tools programs that must be installed beside Node
 * @property {(file: string) => string[]} command
 * @property {(output: string) => { rows: number, accounts: number }} count what it counted: a count that is wrong is no peer
 */

/** @param {string} script */
const own = (script) => (/** @type {string} */ file) => [process.execPath, join(import.meta.dirname, script), file]

/** @param {string} output */
const lines = (output) => output.split('\n').filter((line) => line !== '')

/**
 * @param {readonly number[]} counts of requests, one per account
 */
const summed = (counts) => ({ rows: counts.reduce((sum, count) => sum + count, 0), accounts: counts.length })

/** @type {readonly Peer[]} */
export const PEERS = [
  {
    id: 'jq',
    title: 'jq | sort | uniq -c',
    log: 'ndjson',
    tools: ['jq', 'sort', 'uniq'],
    // Bytes compared as bytes: the order of a language costs sort several times as much.
    command: (file) => ['sh', '-c', 'jq -r .account_id "$1" | LC_ALL=C sort | LC_ALL=C uniq -c', 'sh', file],
    count: (output) => summed(lines(output).map((line) => Number.parseInt(line, 10))),
  },
  {
    id: 'mlr',
    title: 'mlr count-distinct',
    log: 'ndjson',
    tools: ['mlr'],
    command: (file) => ['mlr', '--ijsonl', '--ojsonl', 'count-distinct', '-f', 'account_id', file],
    count: (output) => summed(lines(output).map((line) => JSON.parse(line).count)),
  },
  {
    id: 'ndjsonPackage',
    title: 'package ndjson',
    log: 'ndjson',
    tools: [],
    command: own('count-ndjson.js'),
    count: (output) => JSON.parse(output),
  },
  {
    id: 'csvParse',
    title: 'package csv-parse',
    log: 'csv',
    tools: [],
    command: own('count-csv.js'),
    count: (output) => JSON.parse(output),
  },
]

/**
 * The first program that is not there; `null` if all are.
 *
 * @param {Pick<Peer, 'tools'>} peer
 */
export const missingTool = ({ tools }) =>
  tools.find((tool) => spawnSync(tool, ['--version']).error !== undefined) ?? null
