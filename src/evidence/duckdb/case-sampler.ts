import { ScanError } from '../../errors.ts'
import type { Past } from './case-night.ts'
import { REQUEST_IDS } from './fields.ts'
import type { Sampler } from './log-steps.ts'

/** @throws ScanError CASE_UNREADABLE where tonight's sample and that of the case would have few values in common */
export function checkSampler(past: Past, tonight: ReadonlyMap<string, number>, sampler: Sampler): void {
  const isSampled = past.keptOneIn.size > 0 || [...tonight.keys()].some((name) => name !== REQUEST_IDS)
  if (past.sampler === sampler.name || past.logFields.size === 0 || !isSampled) return
  throw new ScanError(
    'CASE_UNREADABLE',
    'the case holds samples of files, or of tables, and cannot go on with the other',
    'Keep one case for what is scanned as files, and one for what is scanned in ClickHouse.',
  )
}
