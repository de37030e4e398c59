import { pathToFileURL } from 'node:url'

/** The build that is measured; a variable, so that two builds can be held against each other. */
const BUILT = process.env.DISTILL_BENCH_DIST
  ? pathToFileURL(`${process.env.DISTILL_BENCH_DIST}/`)
  : new URL('../../dist/', import.meta.url)

/** @param {string} path below `dist/` */
export const built = (path) => import(new URL(path, BUILT).href)

/** Folder of the build that is measured. */
export const BUILT_FOLDER = BUILT

/** @returns {Promise<typeof import('../../dist/evaluate/evaluate.js').evaluate>} */
export const loadEvaluate = async () => (await built('evaluate/evaluate.js')).evaluate

/** @returns {Promise<typeof import('../../dist/evaluate/labels.js').parseLabels>} */
export const loadParseLabels = async () => (await built('evaluate/labels.js')).parseLabels

/** @returns {Promise<typeof import('../../dist/simulate/index.js').simulate>} */
export const loadSimulate = async () => (await built('simulate/index.js')).simulate

/** The columns of a simulated log that are not optional. @returns {Promise<string[]>} */
export async function loadSimulatedFields() {
  const { LOG_FIELDS, PAYMENT_FIELDS } = await built('simulate/index.js')
  return [...LOG_FIELDS, ...PAYMENT_FIELDS]
}

/** @returns {Promise<string>} */
export const loadVersion = async () => (await built('version.js')).version

/**
 * Leiden under the constant Potts model, if this build has one.
 *
 * @returns {Promise<((graph: import('../baselines/projection.js').Graph, resolution: number) => Int32Array) | null>}
 */
export async function loadLeiden() {
  try {
    const [{ findCommunities }, { createRandom }] = await Promise.all(['networks/leiden.js', 'random.js'].map(built))
    return (graph, resolution) => findCommunities(graph, resolution, createRandom('bench')).partOf
  } catch {
    return null
  }
}
