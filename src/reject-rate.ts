import type { InputSummary } from './model.ts'

/** Share of the records present, over all inputs, that could not be used; 0 without any record. */
export function rejectRate(inputs: readonly InputSummary[]): number {
  const rejected = inputs.reduce((sum, input) => sum + input.rejected.count, 0)
  const present = inputs.reduce((sum, input) => sum + input.records + input.rejected.count, 0)
  return present === 0 ? 0 : rejected / present
}
