import type { AccountTable } from '../../evidence/tables.ts'
import { busyWindow } from '../busy-window.ts'

/**
 * When an account stopped, ms: its ban, else its last request; NaN for one that may go on behind the end of the log.
 *
 * @param marginMs an account seen so shortly before the end of the log has not stopped
 */
export function stoppedAtMs(accounts: AccountTable, account: number, marginMs: number): number {
  const { toMs } = busyWindow(accounts.firstAtMs, accounts.lastAtMs)
  const bannedMs = accounts.bannedAtMs[account]!
  const atMs = bannedMs <= toMs ? bannedMs : accounts.lastAtMs[account]!
  return atMs <= toMs - marginMs ? atMs : Number.NaN
}
