import type { AccountTable } from '../../evidence/tables.ts'
import type { AccountSet, Signal } from '../signal.ts'

/** What a signal on the wording of prompts must say of itself. */
export type WordingSpec = Pick<Signal, 'id' | 'title' | 'why' | 'innocentCauses'> & {
  readonly role?: Signal['role']
  /** Whether one request of an account is as telling as all: what is counted then are accounts. */
  readonly isRare?: boolean
  /** For the summary: `ask for …`. */
  readonly verb: string
}

/** Share of a group's requests below which a wording is not what the group is for. */
const LEAST_SHARE = 0.2

/** Odds of the wording in the group over those among strangers, at least. */
const LEAST_ODDS_RATIO = 10

/** Members that must use it: two may have read the same page. */
const LEAST_MEMBERS = 3

/** Bits that one member's wording says at most; a wording is one edit away from another. */
const MOST_BITS = 10

/**
 * A signal that says how much more often a group words its prompts in one way (`src/evidence/indicators.ts`) than
 * strangers do. A wording that strangers use as well, through a public framework for instance, says little of anybody.
 *
 * Bits of one member: log2(its share of such requests / that of strangers), each shrunk by one imaginary request, at
 * least 0; all 0 unless three members, a fifth of the set's requests and ten times the strangers' odds say the same.
 * The thresholds are docs/detection.md's, "Purpose", and by judgement: raising them loses mixed traffic first.
 */
export function wordingSignal(spec: WordingSpec): Signal {
  const { verb, role, isRare = false, ...rest } = spec
  return {
    ...rest,
    family: 'purpose',
    role: role ?? 'pattern',
    statistic: `mean over members of log2(share of ${isRare ? 'accounts' : "a member's requests"} with the wording / that of strangers)`,
    fields: [],
    agreement: 0.6,
    isIdentifier: false,
    needs: ['system_prompt', 'user_prompt'],
    memberBits: (set) => wordingBits(set, spec.id, isRare),
    explain(set) {
      const usage = usageOf(set, spec.id, isRare)
      if (!usage) return { summary: `no member's prompts ${verb}`, values: [], accounts: 0 }
      const { members, inside, outside } = usage
      const what = isRare ? 'accounts' : 'requests'
      const summary = `${members} of ${set.members.length} accounts ${verb}: ${share(inside)} of the ${what} inside, ${share(outside)} outside`
      return { summary, values: [], accounts: members }
    },
  }
}

const share = ({ hits, of }: Tally): string => {
  const percent = of === 0 ? 0 : (100 * hits) / of
  return hits > 0 && percent < 0.1 ? 'under 0.1 %' : `${percent.toFixed(percent < 10 ? 1 : 0)} %`
}

function wordingBits(set: AccountSet, id: string, isRare: boolean): Float64Array {
  const bits = new Float64Array(set.evaluated.length)
  const usage = usageOf(set, id, isRare)
  if (!usage || !isEnough(usage, isRare)) return bits
  const strangers = rate(usage.outside)
  for (const [i, member] of set.evaluated.entries()) {
    const hits = usage.requests[member]!
    const own = isRare ? (hits > 0 ? rate(usage.inside) : 0) : shrunk(hits, totalOf(set, member), strangers)
    bits[i] = Math.min(MOST_BITS, Math.max(0, Math.log2(own / strangers)))
  }
  return bits
}

function isEnough({ members, inside, outside }: Usage, isRare: boolean): boolean {
  if (members < LEAST_MEMBERS || (!isRare && inside.hits < LEAST_SHARE * inside.of)) return false
  return odds(inside) >= LEAST_ODDS_RATIO * odds(outside)
}

/** Odds with half a request added to either side (Haldane 1956, Anscombe 1956). */
const odds = ({ hits, of }: Tally): number => (hits + 0.5) / (of - hits + 0.5)

const rate = ({ hits, of }: Tally): number => (hits + 0.5) / (of + 1)

const shrunk = (hits: number, of: number, towards: number): number => (hits + towards) / (of + 1)

interface Tally {
  readonly hits: number
  readonly of: number
}

interface Usage {
  readonly inside: Tally
  readonly outside: Tally
  /** Members with at least one such request. */
  readonly members: number
  /** Such requests by account. */
  readonly requests: Float64Array
}

/** `null` where the export holds no prompts. */
function usageOf(set: AccountSet, id: string, isRare: boolean): Usage | null {
  const requests = set.tables.accounts.indicators.find((each) => each.id === id)?.requests
  if (!requests) return null
  const all = totals(set.tables.accounts, requests)
  let hits = 0
  let of = 0
  let members = 0
  for (const member of set.members) {
    hits += requests[member]!
    of += totalOf(set, member)
    if (requests[member]! > 0) members++
  }
  const count = set.members.length
  const inside = isRare ? { hits: members, of: count } : { hits, of }
  const outside = isRare
    ? { hits: all.accounts - members, of: all.activeAccounts - count }
    : { hits: all.hits - hits, of: all.requests - of }
  return { inside, outside: { hits: outside.hits, of: Math.max(outside.hits, outside.of) }, members, requests }
}

const totalOf = (set: AccountSet, member: number): number => set.tables.accounts.requests[member]!

interface Totals {
  readonly hits: number
  readonly requests: number
  /** Accounts with such a request, and with any. */
  readonly accounts: number
  readonly activeAccounts: number
}

const cache = new WeakMap<Float64Array, Totals>()

/** Sums over the whole log, once per scan. */
function totals({ requests: all }: AccountTable, hits: Float64Array): Totals {
  const known = cache.get(hits)
  if (known) return known
  const sum = (numbers: Float64Array): number => numbers.reduce((total, each) => total + each, 0)
  const count = (numbers: Float64Array): number => numbers.reduce((total, each) => total + (each > 0 ? 1 : 0), 0)
  const made = { hits: sum(hits), requests: sum(all), accounts: count(hits), activeAccounts: count(all) }
  cache.set(hits, made)
  return made
}
