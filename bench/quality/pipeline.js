import { Readable } from 'node:stream'
import { built } from './built.js'
import { rememberEvents } from './second-reading.js'

/**
 * The one file that knows how the program is put together inside: reading and analysis apart, so that one reading of a
 * log serves the scan, all ablations and all baselines.
 */

/** @typedef {import('../../dist/evidence/engine.js').Evidence} Evidence */

/**
 * A log that has been read and may be analysed any number of times.
 *
 * @typedef {object} OpenLog
 * @property {Evidence} evidence
 * @property {(variant?: Variant) => Promise<Reported[]>} analyse without a variant exactly as a scan does, reading the log
 *   again; variants share one second reading
 * @property {() => Promise<void>} close
 */

/** @typedef {Pick<import('../../dist/model.js').Network, 'rank' | 'severity' | 'accounts'>} Reported */

/**
 * Evidence and signals of an analysis; what is not given is as it was read.
 *
 * @typedef {object} Variant
 * @property {(evidence: Evidence, signals: readonly Signal[]) => Evidence} [evidence] leaves its argument as it is
 * @property {(signal: { family: string }) => boolean} [keeps] the signals that stay
 * @property {(events: EventTable) => EventTable} [events] of the second reading; leaves its argument as it is
 */

/** @typedef {Pick<import('../../dist/evidence/engine.js').EvidenceEngine, 'readActivity' | 'readEvents'>} Reader */
/** @typedef {import('../../dist/signals/signal.js').Signal} Signal */
/** @typedef {import('../../dist/evidence/tables.js').EventTable} EventTable */

/**
 * Reads a log and its side file as `distill-scan LOG --accounts FILE` does.
 *
 * @param {{ log: string, accounts: string | null, threads: number }} input
 * @returns {Promise<OpenLog>}
 */
export async function openLog({ log, accounts, threads }) {
  const [
    { createDuckDbEngine },
    { prepareInputs },
    { openSpool },
    { createHasher },
    { collectCarefully },
    { resolveConfig },
  ] = await Promise.all(
    ['evidence/duckdb/engine.js', 'prepare.js', 'sources/spool.js', 'sources/hash.js', 'collect.js', 'config.js'].map(
      built,
    ),
  )
  const config = resolveConfig({ threads })
  const spool = openSpool()
  const hasher = createHasher()
  const engine = createDuckDbEngine({ config, tempDirectory: spool.directory })
  const close = async () => {
    await Promise.allSettled([engine.close(), hasher.close()])
    await spool.dispose()
  }
  try {
    const inputs = { inputs: [log], accounts: accounts === null ? [] : [accounts], stdin: Readable.from([]) }
    const prepared = await prepareInputs({ ...inputs, config, signal: undefined, spool, hasher })
    const { evidence } = await collectCarefully(engine, prepared)
    const remembered = rememberEvents(engine, evidence.tables.accounts)
    return {
      evidence,
      analyse: (variant) =>
        runAnalysis({ evidence, reader: variant ? remembered : engine, config, variant: variant ?? {} }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * What `scan` does with evidence.
 *
 * @param {{ evidence: Evidence, reader: Reader, config: import('../../dist/config.js').Config, variant: Variant }} input
 * @returns {Promise<Reported[]>}
 */
async function runAnalysis({ evidence, reader, config, variant }) {
  const [{ analyse }, { signals }, { orderSignals }, { createRandom }] = await Promise.all(
    ['analyse.js', 'signals/registry.js', 'signals/order-registry.js', 'random.js'].map(built),
  )
  const { keeps = () => true, events = (/** @type {EventTable} */ table) => table } = variant
  const detectors = { signals: signals.filter(keeps), orderSignals: orderSignals.filter(keeps) }
  const given = variant.evidence?.(evidence, signals) ?? evidence
  const engine = {
    readActivity: reader.readActivity,
    /** @param {Int32Array} watched @param {() => void} [onBegun] */
    readEvents: async (watched, onBegun) => events(await reader.readEvents(watched, onBegun)),
  }
  const { confirmed } = await analyse(given, engine, { detectors, config, random: createRandom(config.seed) })
  return confirmed.drafts.map((/** @type {Omit<Reported, 'rank'>} */ draft, /** @type {number} */ i) => ({
    rank: i + 1,
    severity: draft.severity,
    accounts: draft.accounts,
  }))
}
