import type { SimulateOptions, SimulateSummary } from './simulate/index.ts'

export type { Config } from './config.ts'
export { defaults, resolveConfig } from './config.ts'
export { EXIT, ScanError, type ScanErrorCode } from './errors.ts'
export { evaluate } from './evaluate/evaluate.ts'
export type * from './evaluate/evaluation.ts'
export type { Label, LabelClass } from './evaluate/label.ts'
export type * from './model.ts'
export type { ProgressListener, StepBytes } from './progress.ts'
export type { Decision, Verdict } from './review/decision.ts'
export type { Declaration } from './review/declaration.ts'
export { type ScanObserver, type ScanOptions, scan } from './scan.ts'
export type { SimulateOptions, SimulateSummary } from './simulate/index.ts'

/** Writes seeded, labelled synthetic logs (docs/simulate.md). Loaded on use: a scan does not pay for it. */
export async function simulate(
  options: Partial<SimulateOptions> & Pick<SimulateOptions, 'out'>,
): Promise<SimulateSummary> {
  return (await import('./simulate/index.ts')).simulate(options)
}
