import type { AccountTable } from '../../evidence/tables.ts'

/** When the log begins and ends, ms, as its requests say. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
}

export function windowOf({ count, firstAtMs, lastAtMs }: AccountTable): Window {
  const known = windows.get(firstAtMs)
  if (known) return known
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for (let account = 0; account < count; account++) {
    if (firstAtMs[account]! < fromMs) fromMs = firstAtMs[account]!
    if (lastAtMs[account]! > toMs) toMs = lastAtMs[account]!
  }
  const found = { fromMs, toMs }
  windows.set(firstAtMs, found)
  return found
}

const windows = new WeakMap<Float64Array, Window>()

/**
 * When an account stopped, ms: its ban, else its last request; NaN for one that may go on behind the end of the log.
 *
 * @param marginMs an account seen so shortly before the end of the log has not stopped
 */
export function stoppedAtMs(accounts: AccountTable, account: number, marginMs: number): number {
  const { toMs } = windowOf(accounts)
  const bannedMs = accounts.bannedAtMs[account]!
  const atMs = bannedMs <= toMs ? bannedMs : accounts.lastAtMs[account]!
  return atMs <= toMs - marginMs ? atMs : Number.NaN
}
