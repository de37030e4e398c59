import { spawnSync } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'

/**
 * Forty simulated nights into one case: `npm run bench:nights`. Says of every night what reading its logs and keeping them took
 * (intake), what was made of all that is held took (evidence, grouping, confirming),
 * how large the case is, and what became of the largest network.
 */

const BIN = 'bin/distill-scan.js'
const { values: flags } = parseArgs({
  options: {
    nights: { type: 'string', default: '40' },
    accounts: { type: 'string', default: '6000' },
    requests: { type: 'string', default: '400000' },
    seed: { type: 'string', default: 'nights' },
    preset: { type: 'string', default: 'bench' },
  },
})

/** @param {readonly string[]} args */
function run(args) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0 && status !== 1) throw new Error(`${args[0]}: exit ${status}: ${stderr}`)
  return { stderr, stdout }
}

/**
 * Splits a log by UTC day.
 *
 * @param {string} log
 * @param {string} folder
 * @returns {Promise<string[]>} one file a day, in order
 */
async function splitByDay(log, folder) {
  const outs = new Map()
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const ms = Number(/"timestamp":(?<ms>\d+)/u.exec(line)?.groups?.ms)
    const day = new Date(ms).toISOString().slice(0, 10)
    const out = outs.get(day) ?? createWriteStream(join(folder, `${day}.ndjson`))
    outs.set(day, out)
    if (!out.write(`${line}\n`)) await new Promise((resolve) => out.once('drain', resolve))
  }
  await Promise.all([...outs.values()].map((out) => new Promise((resolve) => out.end(resolve))))
  return [...outs.keys()].sort().map((day) => join(folder, `${day}.ndjson`))
}

/**
 * The accounts as a provider would have exported them at the end of a day: who registers or is closed later is not told of.
 *
 * @param {readonly Record<string, string>[]} rows
 * @param {string} day
 */
function accountsAt(rows, day) {
  const known = rows.filter(({ created_at: at = '' }) => at.slice(0, 10) <= day)
  const lines = known.map((row) => {
    const isOpen = (row.banned_at ?? '').slice(0, 10) > day
    return Object.values(isOpen ? { ...row, account_status: 'active', banned_at: '' } : row).join(',')
  })
  return [Object.keys(rows[0] ?? {}).join(','), ...lines, ''].join('\n')
}

/** @param {string} stderr @param {string} stage */
const secondsOf = (stderr, stage) => Number(new RegExp(`${stage} ([\\d.]+) s`, 'u').exec(stderr)?.[1] ?? Number.NaN)

const scratch = mkdtempSync(join(tmpdir(), 'distill-scan-nights-'))
try {
  const logs = join(scratch, 'logs')
  run([
    'simulate',
    '--preset',
    flags.preset,
    '--accounts',
    flags.accounts,
    '--requests',
    flags.requests,
    '--days',
    flags.nights,
    '--seed',
    flags.seed,
    '--out',
    logs,
    '--quiet',
  ])
  const days = join(scratch, 'days')
  mkdirSync(days)
  const files = await splitByDay(join(logs, 'logs.ndjson'), days)
  const everybody = /** @type {Record<string, string>[]} */ (
    parse(readFileSync(join(logs, 'accounts.csv')), { columns: true })
  )
  const accounts = join(scratch, 'accounts.csv')
  const caseFile = join(scratch, 'case.duckdb')
  const labels = new Map(
    readFileSync(join(logs, 'labels.csv'), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => /** @type {[string, string]} */ (line.split(',').slice(0, 2))),
  )
  console.log('night  MB in  intake s  evidence s  group s  confirm s  total s  case MB  held req  networks  changes')
  let held = 0
  for (const [i, file] of files.entries()) {
    const report = join(scratch, 'report.json')
    writeFileSync(accounts, accountsAt(everybody, basename(file, '.ndjson')))
    const { stderr } = run([file, '--accounts', accounts, '--case', caseFile, '-o', report])
    const result = JSON.parse(readFileSync(report, 'utf8'))
    held = result.totals.requests
    const counts = new Map()
    for (const { change } of result.networks)
      counts.set(change?.status ?? 'new', (counts.get(change?.status ?? 'new') ?? 0) + 1)
    const intake = secondsOf(stderr, 'reading') + secondsOf(stderr, 'keeping')
    const row = [
      i + 1,
      (statSync(file).size / 1e6).toFixed(1),
      intake.toFixed(2),
      secondsOf(stderr, 'evidence').toFixed(2),
      secondsOf(stderr, 'grouping').toFixed(2),
      secondsOf(stderr, 'confirming').toFixed(2),
      secondsOf(stderr, 'total').toFixed(2),
      (statSync(caseFile).size / 1e6).toFixed(1),
      held,
      result.networks.length,
      [...counts]
        .sort()
        .map(([status, n]) => `${status} ${n}`)
        .join(' '),
    ]
    console.log(row.join('  '))
    const hydra = result.networks.filter(
      (/** @type {{accounts: string[]}} */ { accounts: own }) =>
        own.filter((id) => labels.get(id)?.startsWith('hydra')).length * 2 > own.length,
    )
    for (const { id, rank, severity, accountCount, change } of hydra)
      console.log(
        `       hydra: ${id} rank ${rank} ${severity}, ${accountCount} accounts, ${change?.status ?? 'first scan'}, ${change?.added.length ?? 0} added`,
      )
  }
  console.log(`case: ${(((statSync(caseFile).size / held) * 1e6) / 1e6).toFixed(1)} MB per million requests`)
  if (!existsSync(caseFile)) throw new Error('no case')
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
