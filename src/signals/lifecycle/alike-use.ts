import type { AccountTable } from '../../evidence/tables.ts'
import type { AccountSet, Signal } from '../signal.ts'

/** Requests an account must have before its habits are habits. */
const MIN_REQUESTS = 20

/** Members whose habits must be known before their spread is. */
const MIN_MEMBERS = 5

/** Spread below which two habits are the same, as a share of everybody's: keeps a metronome from being worth endless bits. */
const LEAST_SPREAD = 0.05

/** What is compared, each on a log2 scale. NaN where unknown. */
const HABITS: readonly ((accounts: AccountTable, account: number) => number)[] = [
  ({ requests, activeDays }, a) => Math.log2(requests[a]! / activeDays[a]!),
  ({ activeHours, activeDays }, a) => Math.log2(activeHours[a]! / activeDays[a]!),
  ({ inputTokens, requests }, a) => known(Math.log2(inputTokens[a]! / requests[a]!)),
  ({ outputTokens, requests }, a) => known(Math.log2(outputTokens[a]! / requests[a]!)),
]

/**
 * Members that use the service alike: as many requests a day, over as many hours, of the same size.
 *
 * For each habit, log2 of (spread over all accounts / spread over the members), spread being the median absolute
 * deviation from the median (Hampel 1974); habits add up. The idea that sameness tells a linked group from a chance one
 * is from reviews of airdrop accounts; the measure is ours.
 */
export const alikeUse: Signal = {
  id: 'alike-use',
  family: 'lifecycle',
  title: 'Alike in volume, hours and size of requests',
  why: 'One program behind many accounts spreads its work evenly; people differ by orders of magnitude.',
  statistic: 'mean over members of the sum over four habits of log2(spread over all accounts / spread over members)',
  innocentCauses: [
    'scheduled jobs and build machines',
    'a product that calls the service for its customers',
    'a class',
  ],
  role: 'pattern',
  fields: [],
  agreement: 1,
  isIdentifier: false,
  needs: ['timestamp', 'input_tokens', 'output_tokens'],
  memberBits(set) {
    const bits = alikeness(set, set.evaluated)
    return new Float64Array(set.evaluated.length).fill(bits)
  },
  explain(set) {
    const active = set.members.filter((account) => isActive(set.tables.accounts, account)).length
    const times = 2 ** (alikeness(set, set.members) / HABITS.length)
    const summary = `${active} of ${set.members.length} accounts use the service alike: their habits spread ${times.toFixed(1)} times less than everybody's`
    return { summary, values: [], accounts: active }
  },
}

function alikeness({ tables: { accounts } }: AccountSet, members: Int32Array): number {
  const active = members.filter((account) => isActive(accounts, account))
  if (active.length < MIN_MEMBERS) return 0
  const everybody = spreadsOf(accounts)
  return HABITS.reduce((sum, habit, i) => {
    const all = everybody[i]!
    const own = Math.max(LEAST_SPREAD * all, spread(Float64Array.from(active, (account) => habit(accounts, account))))
    return sum + (all > 0 && all < Number.POSITIVE_INFINITY ? Math.max(0, Math.log2(all / own)) : 0)
  }, 0)
}

const isActive = ({ requests, activeDays }: AccountTable, account: number): boolean =>
  requests[account]! >= MIN_REQUESTS && activeDays[account]! > 0

const known = (bits: number): number => (Number.isFinite(bits) ? bits : Number.NaN)

const cache = new WeakMap<AccountTable, readonly number[]>()

/** Spread of each habit over all active accounts; computed once per scan. */
function spreadsOf(accounts: AccountTable): readonly number[] {
  const made = cache.get(accounts)
  if (made) return made
  const active = Int32Array.from(accounts.ids.keys()).filter((account) => isActive(accounts, account))
  const spreads = HABITS.map((habit) => spread(Float64Array.from(active, (account) => habit(accounts, account))))
  cache.set(accounts, spreads)
  return spreads
}

/** Median absolute deviation from the median; infinite without any known number, so that nothing is alike in it. */
function spread(numbers: Float64Array): number {
  const sorted = numbers.filter((each) => !Number.isNaN(each)).sort()
  if (sorted.length === 0) return Number.POSITIVE_INFINITY
  const middle = sorted[sorted.length >> 1]!
  const away = sorted.map((each) => Math.abs(each - middle)).sort()
  return away[away.length >> 1]!
}
