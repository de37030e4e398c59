import type { InputSummary, ScanResult } from '../model.ts'

/** What documents of earlier builds may lack. */
type Later = 'accountIndex' | 'identifiers' | 'reading'

/** A saved document, as an explanation needs it. */
export type SavedReport = Omit<ScanResult, Later> & Partial<Pick<ScanResult, Later>>

/** One input of a saved document. */
export type SavedInput = Omit<InputSummary, 'givenAs' | 'inputFormat'> &
  Partial<Pick<InputSummary, 'givenAs' | 'inputFormat'>>

/** A saved document with all that a second reading takes. */
export interface VerifiableReport extends Omit<SavedReport, 'inputs'> {
  readonly inputs: readonly SavedInput[]
}
