import { type Change, type ChangeStatus, type Network, SEVERITIES } from '../model.ts'
import type { EarlierNetwork } from './history.ts'
import type { Descent } from './succession.ts'

/** The times by which a network is quiet. */
export interface Span {
  /** End of what the history saw. */
  readonly until: string | null
  /** End of what the scan saw. */
  readonly to: string | null
}

/** How a network differs from the earlier ones that it goes on with. */
export function describeChange(
  network: Network,
  descent: Descent,
  earlier: readonly EarlierNetwork[],
  span: Span,
): Change {
  const first = descent.heirOf ?? descent.splitFrom
  const merged = descent.merged.map((i) => earlier[i]!).sort((a, b) => (a.id < b.id ? -1 : 1))
  const from = first === null ? merged : [earlier[first]!, ...merged]
  const known = new Set(from.flatMap((each) => each.accounts))
  const present = new Set(network.accounts)
  const added = network.accounts.filter((account) => !known.has(account))
  // The rest of a network that was split is with the part that kept its id.
  const removed = descent.heirOf === null ? [] : [...known].filter((account) => !present.has(account)).sort(byBytes)
  const earlierSeverity = first === null ? null : earlier[first]!.severity
  const hasRisen = earlierSeverity !== null && rankOf(network) > rankOf({ severity: earlierSeverity })
  return {
    status: statusOf({ descent, hasGrown: added.length > 0 || hasRisen, hasShrunk: removed.length > 0, network, span }),
    since: span.until,
    added,
    removed,
    from: from.map(({ id }) => id),
    earlierSeverity,
  }
}

interface Facts {
  readonly descent: Descent
  readonly hasGrown: boolean
  readonly hasShrunk: boolean
  readonly network: Network
  readonly span: Span
}

/** What calls for a look comes first: a network that lost accounts and gained others has grown. */
function statusOf({ descent, hasGrown, hasShrunk, network, span }: Facts): ChangeStatus {
  if (descent.heirOf === null) return descent.splitFrom === null ? 'new' : 'split'
  if (descent.merged.length > 0) return 'merged'
  if (hasGrown) return 'grown'
  if (isQuiet(network, span)) return 'quiet'
  return hasShrunk ? 'shrunk' : 'unchanged'
}

/** The scan saw requests after the history ended, and none is of this network. Instants of one form compare as texts. */
const isQuiet = ({ lastSeen }: Network, { until, to }: Span): boolean =>
  until !== null && to !== null && to > until && (lastSeen === null || lastSeen <= until)

const rankOf = ({ severity }: Pick<Network, 'severity'>): number => SEVERITIES.indexOf(severity)

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
