import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './converted.js'
import { makeOnce, simulatorDigest, warm } from './data.js'
import { factTable, SCALING_MARK } from './document.js'
import { describeRun, isBuildStale } from './machine.js'
import { checkMarkers, writeBetweenMarkers } from './quality/document.js'
import { renderMarkdown, renderTerminal } from './report.js'
import { runOnce } from './rounds.js'
import { parseScalingOptions, SCALING_USAGE } from './scaling-plan.js'
import { scalingSections } from './scaling-report.js'

/** How time and memory grow: `npm run bench:scaling`. */

const BIN = join(import.meta.dirname, '..', 'bin', 'distill-scan.js')

/** The simulator holds all accounts at once: a million of them are more than Node gives of itself. */
const WRITER_HEAP = '--max-old-space-size=12288'

/** @param {string} text */
const say = (text) => console.error(text)

/**
 * The log of a point, from the cache or made anew.
 *
 * @param {import('./scaling-plan.js').Point} point
 * @param {import('./scaling-plan.js').ScalingOptions} options
 */
async function prepare(point, { cache, seed }) {
  const recipe = JSON.stringify({ ...point, seed })
  const folder = join(cache, 'scaling', `${point.rows}-${point.accounts}-${point.share}`)
  const writer = join(import.meta.dirname, 'scaling-data.js')
  const made = `${recipe} ${simulatorDigest()} ${createHash('sha256').update(readFileSync(writer)).digest('hex').slice(0, 12)}`
  await makeOnce(folder, made, async (out) => {
    say(`making ${recipe} in ${out}`)
    await run([process.execPath, WRITER_HEAP, writer, out, recipe])
  })
  const planted = JSON.parse(readFileSync(join(folder, 'planted.json'), 'utf8'))
  return { log: join(folder, 'logs.ndjson'), accounts: planted.accounts, share: planted.fraud / planted.accounts }
}

/**
 * All runs of one point. A scan that fails leaves its point without figures, and the others go on.
 *
 * @param {import('./scaling-plan.js').Point} point
 * @param {import('./scaling-plan.js').ScalingOptions} options
 * @param {string} scratch
 */
async function measurePoint(point, options, scratch) {
  const { log, accounts, share } = await prepare(point, options)
  const bytes = await warm(log)
  const command = [
    ...[process.execPath, BIN, log, '--format', 'json'],
    ...(options.threads > 0 ? ['--threads', String(options.threads)] : []),
    ...(options.memory === null ? [] : ['--memory', String(options.memory)]),
  ]
  const runs = []
  for (let round = 1; round <= options.runs; round++) {
    const measured = await runOnce({ kind: 'scan' }, command, scratch)
    runs.push(measured)
    const name = `${point.rows} rows, ${point.accounts} accounts, ${point.share} fraud`
    say(`${name}: ${measured.failure ?? `${measured.wallSeconds.toFixed(2)} s`} (${round}/${options.runs})`)
  }
  return { rows: runs.find(({ scan }) => scan)?.scan?.rows ?? point.rows, accounts, share, bytes, runs }
}

/** @param {import('./scaling-plan.js').ScalingOptions} options */
async function measureAll(options) {
  const scratch = mkdtempSync(join(tmpdir(), 'distill-scan-scaling-'))
  /** @type {Map<string, ReturnType<typeof measurePoint>>} a point that lies on two axes is measured once */
  const measured = new Map()
  try {
    const series = []
    for (const { axis, points } of options.series) {
      const done = []
      for (const point of points) {
        const key = JSON.stringify(point)
        if (!measured.has(key)) measured.set(key, measurePoint(point, options, scratch))
        done.push(await /** @type {ReturnType<typeof measurePoint>} */ (measured.get(key)))
      }
      series.push({ axis, points: done })
    }
    return series
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function main() {
  const argv = process.argv.slice(2)
  if (argv.includes('--help')) return console.log(SCALING_USAGE)
  const options = parseScalingOptions(argv)
  if (options.doc !== null) checkMarkers(options.doc, SCALING_MARK)
  if (isBuildStale()) say("warning: src/ is newer than bundle/; 'npm run build' first, to measure what is there")
  const startLoad = loadavg()[0] ?? 0
  const series = await measureAll(options)
  const sections = scalingSections(series)
  const facts = describeRun({ command: options.command, engineVersion: null, startLoad })
  console.log([...sections.map(renderTerminal), ...facts.map(([name, value]) => `${name}: ${value}`)].join('\n'))
  const runs = series.flatMap(({ points }) => points.flatMap((point) => point.runs))
  if (runs.some(({ failure }) => failure !== null)) process.exitCode = 1
  if (options.doc === null) return
  const markdown = [...sections.map(renderMarkdown), factTable(facts)].join('\n')
  writeBetweenMarkers(options.doc, SCALING_MARK, markdown)
  say(`written: ${options.doc}`)
}

await main().catch((error) => {
  console.error(`bench:scaling: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
})
