import { createRejectLog, type RejectLog } from '../formats/reject-log.ts'

/** What became of the records of one input. Records that were read + rejects = records present. */
export interface Ledger {
  /** Records that were read, whether or not they are of use. */
  records: number
  /** Records that were read and became no request, by reason. */
  readonly unused: Map<string, number>
  /** By physical line. */
  readonly rejects: RejectLog
  /** What is wrong with the file as a whole, one sentence each. */
  readonly damage: string[]
}

/** @param maxRejects rejects that are kept one by one; all are counted */
export const createLedger = (maxRejects: number): Ledger => ({
  records: 0,
  unused: new Map(),
  rejects: createRejectLog(maxRejects),
  damage: [],
})

/** Adds to a count by reason. */
export const tally = (counts: Map<string, number>, reason: string, count = 1): void => {
  counts.set(reason, (counts.get(reason) ?? 0) + count)
}
