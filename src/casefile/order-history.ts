import type { EarlierNetwork } from '../change/history.ts'
import type { OrderHistory, PastFinding } from '../networks/order-history.ts'
import type { PastCase } from './past.ts'

/**
 * What earlier nights found of a group. It is taken for the earlier network with which it shares most accounts, if they are half of
 * the smaller of the two at least: a group that took over two accounts of another does not inherit what was found of that.
 */
export function orderHistoryOf({ networks, orderFindings }: PastCase): OrderHistory {
  const networkOf = new Map<string, string>()
  const sizes = new Map<string, number>()
  for (const document of networks) {
    const { id, accounts } = JSON.parse(document) as EarlierNetwork
    sizes.set(id, accounts.length)
    for (const account of accounts) networkOf.set(account, id)
  }
  const findings = new Map<string, Map<string, PastFinding[]>>()
  for (const { network, signal, ...finding } of orderFindings) {
    const bySignal = findings.get(network) ?? new Map<string, PastFinding[]>()
    bySignal.set(signal, [...(bySignal.get(signal) ?? []), finding])
    findings.set(network, bySignal)
  }
  return (members) => {
    const shared = new Map<string, number>()
    for (const member of members) {
      const id = networkOf.get(member)
      if (id !== undefined) shared.set(id, (shared.get(id) ?? 0) + 1)
    }
    const [best] = [...shared].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    if (best === undefined || best[1] * 2 < Math.min(members.length, sizes.get(best[0])!)) return new Map()
    return findings.get(best[0]) ?? new Map()
  }
}
