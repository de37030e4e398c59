import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SIZES, TRAINING_SEEDS } from './scenarios.js'

/** What `--only` takes. */
const PARTS = /** @type {const} */ (['ours', 'ablations', 'baselines', 'airdrop'])

export const USAGE = `npm run bench:quality -- [flags]

  --size SIZE,…       some of: ${Object.keys(SIZES).join(' ')}; may be repeated (default: all)
  --seeds WHICH       held-out, or numbers of training seeds: 3, 1-5 or 1,4,7 (default: as many as the size has)
  --strengths S,…     of the campaigns, 0 to 1 (default: those of the size)
  --only PART,…       some of: ${PARTS.join(' ')}
  --airdrop DIR       folder with the labelled airdrop log, logs.ndjson.gz and labels.csv
                      (default: $DISTILL_AIRDROP; without it that part is skipped)
  --doc FILE          Markdown file that gets the tables, between the lines
                      <!-- bench:quality --> and <!-- /bench:quality -->; of held-out seeds
                      <!-- bench:quality held-out --> and <!-- /bench:quality held-out -->
  --workers N         logs at a time (default: one per core)
  --cache DIR         where simulated logs are made (default: distill-scan-quality in the temporary folder)
  --keep-logs         leaves them there, some 200 MB for each of the small ones; a later run then skips the simulation
`

/** A flag that cannot be used. */
export class UsageError extends Error {}

/**
 * Why a file or folder of a flag cannot be used, without what the message of the system says twice.
 *
 * @param {unknown} error
 */
export const reasonOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error)

/**
 * @typedef {object} Options
 * @property {readonly import('./scenarios.js').SizeName[]} sizes
 * @property {'held-out' | readonly number[] | null} seeds positions from 1 on; `null`: as many as the size has
 * @property {readonly number[] | null} strengths `null`: those of the size
 * @property {readonly ('ours' | 'ablations' | 'baselines' | 'airdrop')[]} only
 * @property {boolean} isChosen whether `--only` was given: what it names is then run at every size
 * @property {string | null} airdrop
 * @property {string | null} doc
 * @property {number} workers
 * @property {string} cache
 * @property {boolean} keepsLogs
 * @property {string} command as a person would type it
 */

/**
 * @param {string[]} argv without the interpreter and the script
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Options}
 * @throws {UsageError}
 */
export function parseOptions(argv, env) {
  const values = readFlags(argv)
  const sizes = values.size?.flatMap((each) => each.split(',')) ?? Object.keys(SIZES)
  const only = values.only?.flatMap((each) => each.split(',')) ?? [...PARTS]
  return {
    sizes: known('size', sizes, Object.keys(SIZES)),
    seeds: parseSeeds(values.seeds),
    strengths: values.strengths === undefined ? null : values.strengths.split(',').map(parseStrength),
    only: known('only', only, PARTS),
    isChosen: values.only !== undefined,
    airdrop: values.airdrop ?? env.DISTILL_AIRDROP ?? null,
    doc: values.doc ?? null,
    workers: values.workers === undefined ? availableParallelism() : whole('workers', values.workers),
    cache: values.cache ?? join(tmpdir(), 'distill-scan-quality'),
    keepsLogs: values['keep-logs'] ?? false,
    command: ['npm run bench:quality', ...(argv.length > 0 ? ['--', ...argv] : [])].join(' '),
  }
}

/** @param {string[]} argv */
function readFlags(argv) {
  const text = /** @type {const} */ ({ type: 'string' })
  const texts = /** @type {const} */ ({ type: 'string', multiple: true })
  const options = { seeds: text, strengths: text, airdrop: text, doc: text, workers: text, cache: text }
  try {
    const flags = { ...options, size: texts, only: texts, 'keep-logs': /** @type {const} */ ({ type: 'boolean' }) }
    return parseArgs({ args: argv, options: flags }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/**
 * @template {string} Name
 * @param {string} flag
 * @param {readonly string[]} given
 * @param {readonly Name[]} names
 * @returns {Name[]} in the order of `names`, each once
 */
function known(flag, given, names) {
  const unknown = given.find((each) => !names.includes(/** @type {Name} */ (each)))
  if (unknown !== undefined) throw new UsageError(`--${flag}: no '${unknown}'; use some of ${names.join(', ')}`)
  return names.filter((name) => given.includes(name))
}

/** @param {string | undefined} text */
function parseSeeds(text) {
  if (text === undefined || text === 'held-out') return text ?? null
  const seeds = text.split(',').flatMap((part) => {
    const [first = '', last = first] = part.split('-')
    const [from, to] = [whole('seeds', first), whole('seeds', last)]
    const missing = [from, to].find((each) => each > TRAINING_SEEDS.length)
    if (missing !== undefined)
      throw new UsageError(`--seeds: there are ${TRAINING_SEEDS.length} training seeds, no ${missing}`)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  })
  if (seeds.length === 0) throw new UsageError(`--seeds: '${text}' is empty`)
  return [...new Set(seeds)]
}

/** @param {string} text */
function parseStrength(text) {
  const value = Number(text)
  if (!(value > 0 && value <= 1)) throw new UsageError(`--strengths: '${text}' is not above 0 and up to 1`)
  return value
}

/**
 * @param {string} flag
 * @param {string} text
 */
function whole(flag, text) {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`--${flag}: '${text}' is no whole number from 1 on`)
  return value
}
