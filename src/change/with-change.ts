import { type GoneNetwork, type Network, type ScanResult, SEVERITIES } from '../model.ts'
import { describeChange } from './describe.ts'
import { freshId } from './fresh-id.ts'
import type { EarlierNetwork, History } from './history.ts'
import { findOverlaps } from './overlap.ts'
import { byWeight, type Descent, findDescent, type Preference } from './succession.ts'

/**
 * The result as it stands against what was known before: networks keep the ids they had, `change` says what became of each, and
 * `goneNetworks` lists those that none goes on with. Everything else, ranks too, stays. Depends on what is in the history
 * and not on the order in which it lists it.
 *
 * @param result of a scan, with whole values and all of its networks
 * @param to the last instant that the scan saw, ISO 8601 UTC, where that is not the end of its window
 */
export function withChange(result: ScanResult, history: History, to: string | null = result.window.to): ScanResult {
  const earlier = history.networks.toSorted(bySize)
  const overlaps = findOverlaps(result.networks, earlier, history.formsOf)
  const descents = findDescent(result.networks.length, overlaps, preferenceOf(result.networks))
  const ids = idsOf(result.networks, descents, earlier)
  const renamed = new Map(result.networks.map(({ id }, i) => [id, ids[i]!]))
  const span = { until: history.until, to }
  return {
    ...result,
    networks: result.networks.map((network, i) => ({
      ...network,
      id: ids[i]!,
      change: describeChange(network, descents[i]!, earlier, span),
    })),
    goneNetworks: goneOf(descents, earlier),
    expiredDeclarations: result.expiredDeclarations.map((each) => ({
      ...each,
      networks: each.networks.map((id) => renamed.get(id) ?? id),
    })),
    notes: [...result.notes, ...notesOf(history)].sort(),
  }
}

/** The larger first: it keeps its id on a merge of equals. */
const bySize = (a: EarlierNetwork, b: EarlierNetwork): number =>
  b.accounts.length - a.accounts.length || (a.id < b.id ? -1 : 1)

/** Of two that have as much in common with one, the larger; earlier networks are sorted by that. */
function preferenceOf(networks: readonly Network[]): Preference {
  const size = (i: number): number => networks[i]!.accounts.length
  return (a, b) =>
    byWeight(a, b) ||
    a.earlier - b.earlier ||
    size(b.current) - size(a.current) ||
    (networks[a.current]!.id < networks[b.current]!.id ? -1 : 1)
}

/** Ids of earlier networks are used by those alone that go on with them, and no id twice. */
function idsOf(
  networks: readonly Network[],
  descents: readonly Descent[],
  earlier: readonly EarlierNetwork[],
): string[] {
  const taken = new Set(earlier.map(({ id }) => id))
  const own = new Set(networks.map(({ id }) => id))
  return networks.map(({ id }, i) => {
    const { heirOf } = descents[i]!
    if (heirOf !== null) return earlier[heirOf]!.id
    const fresh = freshId(id, (each) => taken.has(each) || (each !== id && own.has(each)))
    taken.add(fresh)
    return fresh
  })
}

function goneOf(descents: readonly Descent[], earlier: readonly EarlierNetwork[]): GoneNetwork[] {
  const found = new Set(descents.flatMap(({ heirOf, merged }) => (heirOf === null ? merged : [heirOf, ...merged])))
  return earlier
    .filter((_, i) => !found.has(i))
    .map(({ id, severity, accounts, requests, firstSeen, lastSeen }) => ({
      id,
      severity,
      accountCount: accounts.length,
      requests,
      firstSeen,
      lastSeen,
    }))
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity)) // stable: by size and id within
}

const notesOf = ({ omittedNetworks: count }: History): string[] =>
  count === 0
    ? []
    : [
        `the earlier report leaves out ${count} ${count === 1 ? 'network' : 'networks'}: what it left out looks new here`,
      ]
