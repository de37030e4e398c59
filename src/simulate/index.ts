import { mkdir, stat } from 'node:fs/promises'
import { ScanError } from '../errors.ts'
import { buildSimulation, type Simulation } from './build.ts'
import { resolveOptions, type SimulateOptions } from './options.ts'
import type { LabelClass } from './plan.ts'
import type { WrittenSimulation } from './write/write.ts'

export {
  DEFAULT_START_MS,
  LOG_FIELDS,
  type LogField,
  OPTIONAL_FIELDS,
  PAYMENT_FIELDS,
  resolveOptions,
  type SimulateOptions,
} from './options.ts'
export type { LabelClass } from './plan.ts'
export { isPreset, PRESETS, type PresetName } from './presets.ts'
export { listScenarios, type ScenarioChoice, type ScenarioInfo } from './scenarios.ts'

/** A labelled group of accounts that was planted. */
export interface SimulatedNetwork {
  readonly network: string
  readonly class: LabelClass
  readonly kind: string
  readonly accounts: number
}

/** What was written, where. */
export interface SimulateSummary {
  readonly files: { readonly logs: string; readonly accounts: string; readonly labels: string }
  /** Size of the log as stored. */
  readonly bytes: number
  readonly requests: number
  readonly accounts: number
  readonly from: string
  /** Exclusive. */
  readonly to: string
  /** By class, then name; the background has none. */
  readonly networks: readonly SimulatedNetwork[]
  /** What was changed to meet the target, for a person to read. */
  readonly notes: readonly string[]
}

/**
 * Writes seeded, labelled synthetic logs: `logs.ndjson` (or `.csv`, `.gz`), `accounts.csv`, `labels.csv`.
 * The same options give the same bytes, whatever the number of threads.
 *
 * @param signal stops the writing; what was written so far is removed
 * @throws ScanError USAGE for unknown scenarios, presets or knobs and values out of range; OUTPUT_UNWRITABLE for `out`;
 *   INTERRUPTED
 */
export async function simulate(
  given: Partial<SimulateOptions> & Pick<SimulateOptions, 'out'>,
  signal?: AbortSignal,
): Promise<SimulateSummary> {
  const options = resolveOptions(given)
  const simulation = buildSimulation(options)
  const { log, sides } = await written(options, simulation, signal)
  return {
    files: { logs: log.path, accounts: sides.accounts, labels: sides.labels },
    bytes: (await stat(log.path)).size,
    requests: log.rows,
    accounts: simulation.accounts.length,
    from: new Date(simulation.world.startMs).toISOString(),
    to: new Date(simulation.world.endMs).toISOString(),
    networks: networksOf(simulation),
    notes: simulation.notes,
  }
}

/** Codes of a folder or disk that cannot take the files. */
const UNWRITABLE = new Set(['EACCES', 'EEXIST', 'EISDIR', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'])

async function written(
  options: SimulateOptions,
  simulation: Simulation,
  signal: AbortSignal | undefined,
): Promise<WrittenSimulation> {
  try {
    await mkdir(options.out, { recursive: true })
    const { writeSimulation } = await import('./write/write.ts')
    return await writeSimulation(options, simulation, signal)
  } catch (cause) {
    if (signal?.aborted === true) throw new ScanError('INTERRUPTED', 'interrupted', 'Run it again.', { cause })
    if (!UNWRITABLE.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause
    const message = `cannot write into '${options.out}'`
    throw new ScanError('OUTPUT_UNWRITABLE', message, 'Give a folder with room that can be written.', { cause })
  }
}

function networksOf({ accounts }: Simulation): SimulatedNetwork[] {
  const byName = new Map<string, SimulatedNetwork>()
  for (const { network, class: label, kind } of accounts) {
    if (network === '') continue
    byName.set(network, { network, class: label, kind, accounts: (byName.get(network)?.accounts ?? 0) + 1 })
  }
  const key = (each: SimulatedNetwork): string => `${each.class}/${each.network}`
  return [...byName.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
