import { EXIT, ScanError } from '../errors.ts'
import { labelled } from '../report/table/layout.ts'
import { formatCount, plural } from '../report/table/words.ts'
import {
  isPreset,
  listScenarios,
  PRESETS,
  type SimulatedNetwork,
  type SimulateOptions,
  type SimulateSummary,
  simulate,
} from '../simulate/index.ts'
import type { CommandContext } from './context.ts'
import { formatBytes } from './format-bytes.ts'
import type { SimulateFlags } from './simulate-options.ts'
import { reportWidth } from './terminal.ts'

/**
 * `distill-scan simulate --out DIR`: writes labelled synthetic logs and says what is in them.
 *
 * @returns the exit code
 */
export async function runSimulate(flags: SimulateFlags, { io, signal }: CommandContext): Promise<number> {
  const width = reportWidth(io.env, io.stdoutIsTerminal ? io.columns : null)
  if (flags.list === true) {
    await io.out(renderList(width))
    return EXIT.ok
  }
  if (flags.out === undefined) {
    throw new ScanError('USAGE', 'no folder to write to', 'Name it: distill-scan simulate --preset demo --out DIR')
  }
  const startedMs = io.nowMs()
  const summary = await simulate(optionsOf(flags, flags.out), signal)
  await io.out(renderSummary(summary))
  if (flags.quiet !== true) {
    const seconds = ((io.nowMs() - startedMs) / 1000).toFixed(2)
    io.err(`simulate ${seconds} s; peak memory ${formatBytes(io.peakMemoryBytes())}\n`)
  }
  return EXIT.ok
}

function optionsOf(flags: SimulateFlags, out: string): Partial<SimulateOptions> & Pick<SimulateOptions, 'out'> {
  const { seed, requests, accounts, days, format, rotateIp, preset } = flags
  if (!isPreset(preset)) {
    throw new ScanError('USAGE', `unknown preset '${preset}'`, `Use one of: ${Object.keys(PRESETS).join(', ')}.`)
  }
  const sizes = { seed, requests, accounts, days, rotateIp }
  const given = Object.fromEntries(Object.entries(sizes).filter(([, value]) => value !== undefined))
  return { ...given, out, format, scenarios: preset }
}

const COLUMN = 20

function renderSummary({ files, bytes, requests, accounts, from, to, networks, notes }: SimulateSummary): string {
  const lines = [
    `${files.logs}  ${plural(requests, 'request')}, ${formatBytes(bytes)}`,
    `${files.accounts}  ${plural(accounts, 'account')}`,
    `${files.labels}  ${plural(networks.length, 'labelled group')}`,
    `window ${from.slice(0, 10)} to ${to.slice(0, 10)} UTC`,
    '',
    ...kindLines(networks),
    ...notes,
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** `fraud     pipeline    1 group, 60 accounts`, by class and kind. */
function kindLines(networks: readonly SimulatedNetwork[]): string[] {
  const byKind = new Map<string, { groups: number; accounts: number }>()
  for (const network of networks) {
    const key = `${network.class.padEnd(10)}${network.kind.padEnd(COLUMN)}`
    const sum = byKind.get(key) ?? { groups: 0, accounts: 0 }
    byKind.set(key, { groups: sum.groups + 1, accounts: sum.accounts + network.accounts })
  }
  return [...byKind].map(
    ([key, { groups, accounts }]) => `${key}${plural(groups, 'group')}, ${formatCount(accounts)} accounts`,
  )
}

function renderList(width: number): string {
  const lines = [
    'Presets',
    ...Object.entries(PRESETS).flatMap(([name, text]) => labelled(name, text, { indent: 2, column: COLUMN, width })),
    '',
    'Scenarios',
    ...listScenarios().flatMap((each) =>
      labelled(each.name, `${each.class}: ${each.description}`, { indent: 2, column: COLUMN, width }),
    ),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
