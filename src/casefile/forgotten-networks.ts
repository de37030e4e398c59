import type { EarlierNetwork } from '../change/history.ts'
import type { HeldAccounts } from './held-accounts.ts'

/**
 * The networks of the latest scan, less what was forgotten: the accounts that rows still name, under the names that are left
 * to them, and the requests and instants of those rows. So the next scan compares with what a scan of these days alone would
 * have said. Values go, since it is not known which of them are still held; severity stays, as a judgement of the latest scan.
 *
 * @returns `null` for a network without an account that is still held
 */
export function withoutForgotten(
  network: EarlierNetwork,
  before: HeldAccounts,
  after: HeldAccounts,
): EarlierNetwork | null {
  const accounts = namesLeft(network.accounts, before, after)
  if (accounts.length === 0) return null
  const held = accounts.map((id) => after.accounts.get(id)!)
  const instants = (of: 'firstMs' | 'lastMs'): number[] => held.map((each) => each[of]).filter((ms) => ms !== null)
  return {
    ...network,
    accounts,
    values: [],
    requests: held.reduce((sum, { requests }) => sum + requests, 0),
    firstSeen: instant(instants('firstMs').reduce(least, Number.POSITIVE_INFINITY)),
    lastSeen: instant(instants('lastMs').reduce(most, Number.NEGATIVE_INFINITY)),
  }
}

/**
 * Where the row went that said whose a customer is, the account goes on as the customer. Only spellings of one account lead
 * on; those of several would make one account another.
 */
function namesLeft(accounts: readonly string[], before: HeldAccounts, after: HeldAccounts): readonly string[] {
  const gone = new Set(accounts.filter((id) => !after.accounts.has(id)))
  const left = new Set(accounts.filter((id) => !gone.has(id)))
  for (const [spelling, id] of before.idOf) {
    const now = gone.has(id) ? after.idOf.get(spelling) : undefined
    if (now !== undefined) left.add(now)
  }
  return [...left].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

const least = (a: number, b: number): number => Math.min(a, b)
const most = (a: number, b: number): number => Math.max(a, b)
const instant = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null)
