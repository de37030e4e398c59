import type { InputSummary, ScanResult } from '../model.ts'
import { rejectRate } from '../reject-rate.ts'
import { safeText } from '../report/safe-text.ts'
import { formatBytes } from './format-bytes.ts'
import type { Stopwatch } from './stopwatch.ts'

export interface AfterwordFacts {
  readonly warnings: readonly string[]
  /** What the reading took. */
  readonly notes?: readonly string[]
  readonly maxRejectRate: number
  readonly stopwatch: Pick<Stopwatch, 'stages' | 'totalMs'>
  readonly peakMemoryBytes: number
  readonly isQuiet: boolean
  readonly isVerbose: boolean
}

/** Rejected records named on standard error, per file. */
const FEW = 3

/** What is said on standard error once the report is out. An incomplete report is said so even with `--quiet`. */
export function renderAfterword(result: ScanResult, facts: AfterwordFacts): string {
  const lines = facts.isQuiet
    ? incompleteLines(result.inputs, facts.maxRejectRate)
    : [
        ...facts.warnings.map((warning) => `warning: ${warning}`),
        ...result.inputs.flatMap((input) => rejectLines(input, facts.isVerbose)),
        ...incompleteLines(result.inputs, facts.maxRejectRate),
        ...(facts.isVerbose ? settingLines(result) : []),
        ...(facts.notes ?? []),
        timeLine(facts),
      ]
  return lines.map((line) => `${safeText(line, { maxLength: 2000 })}\n`).join('')
}

function rejectLines({ path, rejected }: InputSummary, isVerbose: boolean): string[] {
  const shown = rejected.first.slice(0, isVerbose ? rejected.first.length : FEW)
  const rest = rejected.count - shown.length
  return [
    ...shown.map(({ line, reason }) => `${path}:${line}: ${reason}`),
    ...(rest > 0 ? [`${path}: ${rest} more rejected`] : []),
  ]
}

/** Judged over the run; the files above the bound are named. */
function incompleteLines(inputs: readonly InputSummary[], maxRejectRate: number): string[] {
  const rate = rejectRate(inputs)
  if (rate <= maxRejectRate) return []
  const above = inputs.filter((input) => rejectRate([input]) > maxRejectRate)
  const files = above.map((input) => `${input.path} ${percent(rejectRate([input]))}`).join(', ')
  return [
    `distill-scan: the report is incomplete: ${percent(rate)} of the records could not be read (${files})`,
    `  Repair the files, or accept more with --max-reject-rate (now ${maxRejectRate}).`,
  ]
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`

const settingLines = ({ settings, seed }: ScanResult): string[] => [
  `settings: ${Object.entries({ ...settings, seed })
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}`,
]

function timeLine({ stopwatch, peakMemoryBytes }: AfterwordFacts): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
  const stages = stopwatch.stages.map(({ name, ms }) => `${name} ${seconds(ms)}`).join(', ')
  return `${stages === '' ? '' : `${stages}; `}total ${seconds(stopwatch.totalMs())}; peak memory ${formatBytes(peakMemoryBytes)}`
}
