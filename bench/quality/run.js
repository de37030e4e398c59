import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { describeRun, isBuildStale } from '../machine.js'
import { renderMarkdown, renderTerminal } from '../report.js'
import { airdropTable, hasAirdrop } from './airdrop.js'
import { BUILT_FOLDER, loadVersion } from './built.js'
import { planCells } from './cells.js'
import { checkMarkers, markOf, writeBetweenMarkers } from './document.js'
import { openCache } from './log.js'
import { parseOptions, USAGE, UsageError } from './options.js'
import { failuresOf, runCells } from './pool.js'
import { SIZES } from './scenarios.js'
import { sizeSections } from './sections.js'
import { timesTable } from './tables/times.js'

/** @param {string} text */
const say = (text) => console.error(text)

/**
 * @param {import('./options.js').Options} options
 * @returns {Promise<{ section: import('../report.js').Section | null, note: string | null }>}
 */
async function benchAirdrop({ only, airdrop }) {
  if (!only.includes('airdrop')) return { section: null, note: null }
  if (airdrop !== null && hasAirdrop(airdrop))
    return { section: await airdropTable({ folder: airdrop, threads: 0, say }), note: null }
  const why = airdrop === null ? 'no --airdrop DIR was given' : `'${airdrop}' has no logs.ndjson.gz and labels.csv`
  return { section: null, note: `The airdrop log was skipped: ${why}.` }
}

/** @param {import('./options.js').Options} options */
async function bench(options) {
  const startLoad = loadavg()[0] ?? 0
  const startedMs = performance.now()
  const cells = planCells(options)
  const { section, note } = await benchAirdrop(options)
  for (const each of section ? [section] : []) console.log(renderTerminal(each))
  if (note !== null) say(note)
  const workers = Math.min(options.workers, Math.max(1, cells.length))
  // One thread for each log if several run at a time: the engine's threads would only get in each other's way.
  const how = { cache: options.cache, keepsLogs: options.keepsLogs, threads: workers > 1 ? 1 : 0 }
  say(`${cells.length} logs, ${workers} at a time, in ${options.cache}`)
  const results = await runCells(cells, { workers, how, say })
  if (results.some((each) => failuresOf(each).length > 0)) process.exitCode = 1
  const sizes = Object.keys(SIZES).filter((size) => results.some(({ cell }) => cell.size === size))
  const sections = sizes.flatMap((size) => sizeSections(results.filter(({ cell }) => cell.size === size)))
  const all = [...sections, ...(results.length > 0 ? [timesTable(results)] : [])]
  for (const each of all) console.log(renderTerminal(each))
  const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1)
  const facts = describeRun({ command: options.command, engineVersion: '', startLoad }).filter(
    ([, value]) => value !== '',
  )
  const own = /** @type {[string, string][]} */ ([
    ['distill-scan', await loadVersion()],
    ...facts.filter(([name]) => name !== 'measured with'),
    ['whole run', `${minutes} minutes, ${workers} logs at a time`],
  ])
  return { facts: own, note, sections: [...all, ...(section ? [section] : [])] }
}

/** @param {Awaited<ReturnType<typeof bench>>} parts */
function documentOf({ facts, note, sections }) {
  const table = ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')
  const tables = sections.map((section) => renderMarkdown(section).replace(/^## /u, '### '))
  return [table, ...(note === null ? [] : [note]), ...tables].join('\n\n').replace(/\n{3,}/gu, '\n\n')
}

async function main() {
  const argv = process.argv.slice(2)
  if (argv.includes('--help')) return console.log(USAGE)
  const options = parseOptions(argv, process.env)
  if (options.doc !== null) checkMarkers(options.doc, markOf(options))
  if (planCells(options).length > 0) openCache(options.cache)
  if (!existsSync(new URL('index.js', BUILT_FOLDER))) throw new Error("no dist/: run 'npm run build' first")
  if (isBuildStale('dist/cli/main.js'))
    say("warning: src/ is newer than dist/; 'npm run build' first, to measure what is there")
  const parts = await bench(options)
  console.log(parts.facts.map(([name, value]) => `${name}: ${value}`).join('\n'))
  if (options.doc === null) return
  writeBetweenMarkers(options.doc, markOf(options), documentOf(parts))
  say(`written: ${options.doc}`)
}

await main().catch((error) => {
  console.error(`bench:quality: ${error instanceof Error ? error.message : error}`)
  process.exitCode = error instanceof UsageError ? 2 : 1
})
