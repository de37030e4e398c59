import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BUILT_FOLDER, loadSimulate, loadSimulatedFields } from './built.js'
import { reasonOf, UsageError } from './options.js'
import { EXTRA_FIELDS, SIZES, scenariosFor } from './scenarios.js'

/** Holds what a folder was made from; written last, so that a folder without it is not finished. */
const MADE = 'made-from.txt'

/**
 * Makes the folder for the logs, before a process of a cell fails to.
 *
 * @param {string} cache
 * @throws {UsageError} for what is no folder that can be written to
 */
export function openCache(cache) {
  try {
    mkdirSync(cache, { recursive: true })
    accessSync(cache, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new UsageError(`--cache: '${cache}' is no folder that can be written to: ${reasonOf(error)}`)
  }
}

/**
 * The simulated log of one cell, from the cache or made anew. It stays valid until the simulator or the scenarios change.
 *
 * @param {{ size: import('./scenarios.js').SizeName, seed: string, strength: number }} cell
 * @param {{ cache: string, threads: number }} where
 * @returns {Promise<{ folder: string, log: string, accounts: string, labels: string, seconds: number }>}
 */
export async function prepareLog({ size, seed, strength }, { cache, threads }) {
  const { accounts, requests, days, strangerMedian } = SIZES[size]
  const recipe = {
    accounts,
    requests,
    days,
    strangerMedian,
    seed,
    scenarios: scenariosFor(size, strength),
    dirty: true,
  }
  const made = JSON.stringify({ ...recipe, simulator: simulatorDigest() })
  const out = join(cache, `${size}-${strength}-${seed}`)
  const startedMs = performance.now()
  if (!existsSync(join(out, MADE)) || readFileSync(join(out, MADE), 'utf8') !== made) {
    rmSync(out, { recursive: true, force: true })
    mkdirSync(out, { recursive: true })
    const fields = [...(await loadSimulatedFields()), ...EXTRA_FIELDS]
    await (await loadSimulate())({ ...recipe, out, fields, threads })
    writeFileSync(join(out, MADE), made)
  }
  return {
    folder: out,
    log: join(out, 'logs.ndjson'),
    accounts: join(out, 'accounts.csv'),
    labels: join(out, 'labels.csv'),
    seconds: (performance.now() - startedMs) / 1000,
  }
}

/** Of the simulator as built: another simulator writes other logs for the same options. */
function simulatorDigest() {
  const folder = join(fileURLToPath(BUILT_FOLDER), 'simulate')
  const hash = createHash('sha256')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 12)
}
