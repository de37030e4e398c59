import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeSection } from './before.js'
import { chooseCases, leaveOut } from './cases.js'
import { prepareLogs, warm } from './data.js'
import { renderDocument, scalingOf } from './document.js'
import { describeRun, isBuildStale } from './machine.js'
import { parseOptions, USAGE } from './options.js'
import { comparisons, renderTerminal, sizeSections, startupSection } from './report.js'
import { runRounds } from './rounds.js'
import { measureStartup } from './startup.js'

/** @param {string} text */
const say = (text) => console.error(text)

/**
 * Logs of one size: made, read into memory, measured.
 *
 * @param {number} rows
 * @param {import('./options.js').Options} options
 * @param {string} scratch
 */
async function benchSize(rows, options, scratch) {
  const { only, leftOut } = leaveOut(options.only, { rows, named: options.named })
  const cases = chooseCases(only, options)
  const logs = new Set([...cases.map(({ log }) => log), ...(only.includes('startup') ? ['ndjson'] : [])])
  const wanted = /** @type {Set<import('./data.js').LogName>} */ (logs)
  const files = await prepareLogs({ rows, seed: options.seed, cache: options.cache, logs: wanted, say })
  const bytes = /** @type {Map<import('./data.js').LogName, number>} */ (new Map())
  for (const log of wanted) bytes.set(log, await warm(files[log]))
  const { runs: rounds, threads } = options
  return { files, bytes, leftOut, results: await runRounds(cases, { files, rounds, threads, scratch, say }) }
}

/** @param {Awaited<ReturnType<typeof benchSize>>} size */
const sectionsOf = ({ results, bytes, leftOut }) =>
  results.length > 0 ? [...beforeSection(results), ...sizeSections(results, bytes, leftOut)] : []

/** @param {import('./options.js').Options} options */
async function bench(options) {
  const startLoad = loadavg()[0] ?? 0
  const scratch = mkdtempSync(join(tmpdir(), 'distill-scan-bench-run-'))
  try {
    const sizes = []
    for (const rows of options.rows) {
      const size = await benchSize(rows, options, scratch)
      sizes.push(size)
      for (const section of sectionsOf(size)) console.log(renderTerminal(section)) // at once: the next size takes minutes
    }
    const [first] = sizes
    const startup =
      first && options.only.includes('startup')
        ? await measureStartup(first.files.ndjson, { scratch, say, against: options.against })
        : null
    const all = sizes.map(({ results }) => results)
    const floor = all.flat().find(({ each }) => each.kind === 'floor')?.runs[0]?.floor
    const facts = describeRun({ ...options, engineVersion: floor?.version ?? 'not asked', startLoad })
    const last = startup ? [startupSection(startup)] : []
    for (const section of last) console.log(renderTerminal(section))
    const sections = [...sizes.flatMap(sectionsOf), ...last]
    const hasFailed = all.flat().some(({ runs }) => runs.some(({ failure }) => failure !== null))
    return { facts, sections, comparisons: comparisons(all), hasFailed }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function main() {
  const argv = process.argv.slice(2)
  if (argv.includes('--help')) return console.log(USAGE)
  const options = parseOptions(argv)
  if (!existsSync(join(import.meta.dirname, '..', 'bundle', 'main.js')))
    throw new Error("no bundle/: run 'npm run build' first")
  if (isBuildStale()) say("warning: src/ is newer than bundle/; 'npm run build' first, to measure what is there")
  const parts = await bench(options)
  const facts = parts.facts.map(([name, value]) => `${name}: ${value}`)
  console.log([...parts.comparisons, '', ...facts].join('\n'))
  if (parts.hasFailed) process.exitCode = 1
  if (options.doc === null) return say('a part of the cases: no document written; name one with --doc FILE')
  const before = existsSync(options.doc) ? readFileSync(options.doc, 'utf8') : null
  writeFileSync(options.doc, renderDocument(parts, scalingOf(before)))
  say(`written: ${options.doc}; the logs stay in ${options.cache}`)
}

await main().catch((error) => {
  console.error(`bench: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
})
