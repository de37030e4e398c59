import { mkdir, stat } from 'node:fs/promises'
import { ScanError } from '../errors.ts'
import { buildSimulation, type Simulation } from './build.ts'
import { resolveOptions, type SimulateOptions } from './options.ts'
import type { LabelClass } from './plan.ts'

export {
  DEFAULT_START_MS,
  LOG_FIELDS,
  type LogField,
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
 * @throws ScanError USAGE for unknown scenarios, presets, knobs or values out of range; OUTPUT_UNWRITABLE for the folder
 */
export async function simulate(
  given: Partial<SimulateOptions> & Pick<SimulateOptions, 'out'>,
): Promise<SimulateSummary> {
  const options = resolveOptions(given)
  const simulation = buildSimulation(options)
  await mkdir(options.out, { recursive: true }).catch((cause: unknown) => {
    throw new ScanError(
      'OUTPUT_UNWRITABLE',
      `cannot make the folder '${options.out}'`,
      'Give a folder that can be written.',
      { cause },
    )
  })
  const { writeSimulation } = await import('./write/write.ts')
  const { log, sides } = await writeSimulation(options, simulation)
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

function networksOf({ accounts }: Simulation): SimulatedNetwork[] {
  const byName = new Map<string, SimulatedNetwork>()
  for (const { network, class: label, kind } of accounts) {
    if (network === '') continue
    byName.set(network, { network, class: label, kind, accounts: (byName.get(network)?.accounts ?? 0) + 1 })
  }
  const key = (each: SimulatedNetwork): string => `${each.class}/${each.network}`
  return [...byName.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
