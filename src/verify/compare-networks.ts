import type { Network } from '../model.ts'
import type { VerifiableReport } from '../saved/report.ts'
import { differences } from './differences.ts'
import type { NetworkComparison } from './verification.ts'

/**
 * Holds the networks of a report against those of a second reading, by id: every property of each. A limited report lists
 * fewer than there are. Those that it leaves out are only counted, with their accounts; unless both counts come out as the
 * report says, networks that it does not list are unexpected.
 *
 * @param found all networks of the second reading, best first, with values as the report has them, JSON-safe
 * @param isStrict whether a property that only one of two has is a difference
 */
export function compareNetworks(
  { networks, omitted }: Pick<VerifiableReport, 'networks' | 'omitted'>,
  found: readonly Network[],
  isStrict: boolean,
): NetworkComparison {
  const byId = new Map(found.map((network) => [network.id, network]))
  const reported = new Set(networks.map(({ id }) => id))
  const compared = networks.flatMap((network) => {
    const again = byId.get(network.id)
    return again === undefined ? [] : [{ network, differs: differences(network, again, isStrict) }]
  })
  const others = found.filter(({ id }) => !reported.has(id))
  const accounts = others.reduce((sum, { accountCount }) => sum + accountCount, 0)
  const isAsOmitted = others.length === omitted.networks && accounts === omitted.accounts
  return {
    same: compared.filter(({ differs }) => differs.length === 0).length,
    changed: compared
      .filter(({ differs }) => differs.length > 0)
      .map(({ network: { id, rank }, differs }) => ({ id, rank, differs })),
    missing: networks.filter(({ id }) => !byId.has(id)).map(({ id }) => id),
    unexpected: isAsOmitted ? [] : others.map(({ id }) => id),
    omitted: omitted.networks,
  }
}
