import type { SimulateOptions } from './options.ts'
import type { AccountPlan, DispatchPlan } from './plan.ts'
import { capRate, demandOf, expectedOf, expectedRequests, type Population, queuedRequests, withRate } from './rates.ts'

/** A population whose volume meets the target. */
export interface Fitted {
  readonly accounts: AccountPlan[]
  readonly dispatches: DispatchPlan[]
  /** What was changed, for a person to read. */
  readonly notes: readonly string[]
}

/** Share of the requests that campaigns may take; past it their rates are cut. */
const MOST_OF_CAMPAIGNS = 0.8
/** Share of the requests that innocent groups may take before their rates are cut, if strangers are cut more. */
const MOST_OF_GROUPS = 0.25
/** Share of all requests that one stranger may have; the heavy-user scenario goes further. */
const MOST_OF_ONE = 0.02
/** Least exponent by which the tail of the volumes is drawn in: at 0.5 a hundredfold volume becomes tenfold. */
const LEAST_TAIL = 0.5

/**
 * Fits the volume to the target: campaigns keep their rates, innocent groups keep theirs up to a quarter of all
 * requests (and are never made busier than planned), strangers fill what is left. With `strangerMedian` the groups
 * and the strangers are quietened by one law, so that the quiet half keeps its share of a small log.
 */
export function fitVolume(options: SimulateOptions, background: readonly AccountPlan[], planned: Population): Fitted {
  const most = (options.requests * MOST_OF_ONE) / options.days
  const strangers = background.map((each) => capRate(each, most))
  const campaigns = demandOf(options, planned, false)
  const groups = demandOf(options, planned, true)
  const own = expectedOf(options, strangers)
  const room = options.requests * (own + groups > 0 ? MOST_OF_CAMPAIGNS : 1)
  const cut = campaigns > room ? room / campaigns : 1
  const cutNotes =
    cut < 1 ? [`campaigns want ${Math.round(campaigns)} requests; their rates are cut to ${percent(cut)}`] : []
  const rest = options.requests - campaigns * cut
  const even = rest / Math.max(1e-9, own + groups)
  if (options.strangerMedian > 0 && even < 1) {
    const quieter = drawnIn(options, strangers, planned, rest)
    return { ...applied(strangers.map(quieter), planned, cut, quieter), notes: cutNotes }
  }
  const groupFactor = Math.min(1, Math.max(even, (options.requests * MOST_OF_GROUPS) / Math.max(1e-9, groups)))
  const fill = Math.max(0, rest - groups * groupFactor) / Math.max(1e-9, own)
  const groupNotes = groupFactor < 1 ? [`innocent groups keep ${percent(groupFactor)} of their rates`] : []
  const fitted = applied(
    strangers.map((each) => withRate(each, fill)),
    planned,
    cut,
    (each) => withRate(each, groupFactor),
    groupFactor,
  )
  return { ...fitted, notes: [...cutNotes, ...groupNotes] }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** Strangers as fitted already, and the planned population with campaigns cut and innocent accounts changed. */
function applied(
  strangers: readonly AccountPlan[],
  planned: Population,
  cut: number,
  quieter: (account: AccountPlan) => AccountPlan,
  innocentQueue = 1,
): Pick<Fitted, 'accounts' | 'dispatches'> {
  const isInnocent = (account: AccountPlan | undefined): boolean => account?.class === 'innocent'
  const plans = new Map(
    planned.accounts.map((each) => [each, isInnocent(each) ? quieter(each) : withRate(each, cut)] as const),
  )
  return {
    accounts: [...strangers, ...plans.values()],
    dispatches: planned.dispatches.map((each) => ({
      ...each,
      requestsPerDay: each.requestsPerDay * (isInnocent(each.members[0]) ? innocentQueue : cut),
      members: each.members.map((member) => plans.get(member) ?? member),
    })),
  }
}

/**
 * The change that fits innocent accounts to what is left for them: the median m of the volumes becomes
 * `strangerMedian` and a volume v becomes strangerMedian × (v / m)^p, p found by bisection. Nobody's order changes.
 * If the median holds by an even cut, or cannot hold at p = {@link LEAST_TAIL}, the result is scaled to fit.
 */
function drawnIn(
  options: SimulateOptions,
  strangers: readonly AccountPlan[],
  planned: Population,
  rest: number,
): (account: AccountPlan) => AccountPlan {
  const queued = planned.dispatches
    .filter((each) => each.members[0]?.class === 'innocent')
    .reduce((sum, each) => sum + queuedRequests(options, each), 0)
  const groups = planned.accounts.filter((each) => !each.isDispatched && each.class === 'innocent')
  const volumes = [...strangers, ...groups].map((each) => expectedRequests(options, each)).filter((each) => each > 0)
  const median = [...volumes].sort((a, b) => a - b)[Math.floor(volumes.length / 2)] ?? 1
  const room = Math.max(0, rest - queued)
  const totalAt = (tail: number): number =>
    volumes.reduce((sum, each) => sum + options.strangerMedian * (each / median) ** tail, 0)
  let low = LEAST_TAIL
  let high = 1
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2
    if (totalAt(middle) > room) high = middle
    else low = middle
  }
  const scale = (options.strangerMedian * room) / Math.max(1e-9, totalAt(low))
  return (account) => {
    const volume = expectedRequests(options, account)
    if (account.isDispatched || volume <= 0) return account
    const factor = (scale * (volume / median) ** low) / volume
    return withRate(account, account.network === '' ? factor : Math.min(1, factor))
  }
}
