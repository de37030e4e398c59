import { issuedRuns } from '../signals/payment/issued-runs.ts'
import { sharedBilling } from '../signals/payment/shared-billing.ts'
import { sharedInstrument } from '../signals/payment/shared-instrument.ts'
import type { AccountSet } from '../signals/signal.ts'
import { fieldNumbers } from '../signals/signal.ts'
import type { GroupFacts } from './innocent.ts'

/**
 * What the innocent hypotheses need to know of a group.
 *
 * @param quietShare share of its requests in its quietest eight hours, `null` if unknown
 */
export function groupFacts(set: AccountSet, quietShare: number | null): GroupFacts {
  const payment = fieldNumbers(set.tables, sharedInstrument.fields)
  const instruments = usage(set, payment)
  const own = ownDomainShare(set)
  const billing = usage(set, fieldNumbers(set.tables, sharedBilling.fields))
  return {
    size: set.members.length,
    topPayerShare: Math.max(instruments.topShare, billing.topShare, orderedShare(set, own)),
    sharedInstrumentShare: instruments.sharedShare,
    ownDomainShare: own,
    quietShare,
    medianActiveDays: median(Float64Array.from(set.members, (member) => set.tables.accounts.activeDays[member]!)),
    topAddressShare: usage(set, fieldNumbers(set.tables, ['ip_block'])).topShare,
  }
}

/**
 * Share of the members whose cards were issued in one row, if they keep their mailboxes at one domain of their own: a
 * company that orders a card for each of its people is one payer.
 */
function orderedShare(set: AccountSet, ownDomain: number | null): number {
  if ((ownDomain ?? 0) < 0.5) return 0
  const isMember = new Set(set.members)
  const inside = issuedRuns(set.tables).map(({ members }) => members.filter((member) => isMember.has(member)).length)
  return inside.reduce((most, each) => Math.max(most, each), 0) / set.members.length
}

/**
 * A domain is a group's own while it has at most this many times as many holders in all, colleagues with other cards; or
 * while at most one mailbox in a hundred is there, which no mail service of any size is.
 */
const OWN_DOMAIN_FACTOR = 3
const OWN_DOMAIN_SHARE = 0.01

function ownDomainShare(set: AccountSet): number | null {
  const [field] = fieldNumbers(set.tables, ['email_domain'])
  if (field === undefined || set.insideField(field) === 0) return null
  const holders = set.insideField(field)
  let top = 0
  for (const member of set.members) {
    for (const value of set.valuesOf(member)) {
      if (set.tables.values.field[value] !== field) continue
      const inside = set.inside(value)
      const most = Math.max(inside * OWN_DOMAIN_FACTOR, OWN_DOMAIN_SHARE * set.tables.fields[field]!.accounts)
      if (set.tables.values.holders[value]! <= most) top = Math.max(top, inside)
    }
  }
  return top / holders
}

/** How one kind of value is spread over the members that have any: shares in [0, 1], 0 where nobody has one. */
function usage(
  set: AccountSet,
  fields: readonly number[],
): { readonly topShare: number; readonly sharedShare: number } {
  const wanted = new Set(fields)
  let holders = 0
  let sharers = 0
  let top = 0
  for (const member of set.members) {
    if (!fields.some((field) => set.tables.fields[field]!.valuesHeld[member]! > 0)) continue
    holders++
    const inside = [...set.valuesOf(member)]
      .filter((value) => wanted.has(set.tables.values.field[value]!))
      .map((value) => set.inside(value))
    const most = Math.max(0, ...inside)
    if (most >= 2) sharers++
    top = Math.max(top, most)
  }
  return holders === 0 ? { topShare: 0, sharedShare: 0 } : { topShare: top / holders, sharedShare: sharers / holders }
}

/** Lower median, 0 for none. */
export function median(numbers: Float64Array): number {
  return numbers.length === 0 ? 0 : numbers.slice().sort()[(numbers.length - 1) >> 1]!
}

/** Plans on which nobody pays, in lower case; any other plan counts as paid. */
const UNPAID_PLANS: ReadonlySet<string> = new Set([
  'free',
  'trial',
  'none',
  'basic-free',
  'hobby',
  'sandbox',
  'credits',
])

/** Whether more than half of the members are on a paid plan; members without a plan count as unpaid. */
export function isMostlyPaid(members: Int32Array, plan: readonly (string | null)[]): boolean {
  const paid = [...members].filter((member) => plan[member] && !UNPAID_PLANS.has(plan[member]!.toLowerCase())).length
  return paid * 2 > members.length
}
