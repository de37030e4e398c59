import type { ScanResult } from '../model.ts'
import { pseudonymize } from '../report/pseudonymize.ts'
import { redact } from '../report/redact.ts'

/** What is asked of ids and values. */
export interface Privacy {
  readonly reveal: boolean
  /** Of pseudonyms; `null` without. */
  readonly key: Uint8Array | null
}

/** The result as it may be shown: whole, under pseudonyms, or shortened. */
export function shownAs(result: ScanResult, { reveal, key }: Privacy): ScanResult {
  if (reveal) return result
  return key === null ? redact(result) : pseudonymize(result, key)
}
