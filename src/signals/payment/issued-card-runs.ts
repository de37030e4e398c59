import type { CardTable } from '../../evidence/tables.ts'
import type { AccountSet, Signal } from '../signal.ts'
import { type IssuedRun, issuedRuns } from './issued-runs.ts'

/** Members of a set with cards of one run below which it says nothing: two colleagues order two cards. */
const LEAST_INSIDE = 3

/** Cards that were issued one after the other, on accounts that pretend to be strangers. */
export const issuedCardRuns: Signal = {
  id: 'issued-card-runs',
  family: 'payment',
  title: 'Cards issued in a row',
  why: 'Virtual cards ordered by the dozen carry consecutive numbers; strangers’ cards of one bank do not.',
  statistic:
    'mean over members of log2(share of its card series that members have in a run / share of the numbers the run spans)',
  innocentCauses: [
    'a company that orders a card for each of its people at once',
    'an issuer that numbers the cards of all its customers in the order of issue',
    'gift cards from one rack',
  ],
  role: 'pattern',
  fields: [],
  agreement: 0.9,
  isIdentifier: false,
  needs: ['card_bin', 'card_expiry', 'card_last4'],
  memberBits(set) {
    const bits = bitsOfRuns(set)
    return Float64Array.from(set.evaluated, (member) => bits.get(member) ?? 0)
  },
  explain(set) {
    const runs = runsInside(set)
    const accounts = bitsOfRuns(set).size
    const gaps = runs.reduce((sum, { run }) => sum + run.gaps, 0)
    const expected = runs.reduce((sum, { run }) => sum + run.expected, 0)
    const what = runs.length === 1 ? 'one run' : `${runs.length} runs`
    const summary = `${accounts} of ${set.members.length} accounts pay with cards of ${what}: same issuer range and expiry, last digits in a row (${gaps} neighbours at most 20 apart, ${expected.toFixed(1)} by chance)`
    return { summary, values: [], accounts }
  },
}

/** Bits of each member with a card in a run; the best of its runs. */
function bitsOfRuns(set: AccountSet): Map<number, number> {
  const bits = new Map<number, number>()
  for (const { run, inside } of runsInside(set)) {
    const each = Math.log2(inside.length / run.seriesCards / (run.width / 10_000))
    for (const member of inside) if (each > (bits.get(member) ?? 0)) bits.set(member, each)
  }
  return bits
}

/** Runs of which the set has enough, with its members in them. */
function runsInside(set: AccountSet): { readonly run: IssuedRun; readonly inside: readonly number[] }[] {
  const { runs, of } = byAccount(set)
  const inside = new Map<number, number[]>()
  for (const member of set.members) {
    for (const run of of.get(member) ?? []) {
      const members = inside.get(run)
      if (members) members.push(member)
      else inside.set(run, [member])
    }
  }
  return [...inside]
    .filter(([, members]) => members.length >= LEAST_INSIDE)
    .sort(([a], [b]) => a - b)
    .map(([run, members]) => ({ run: runs[run]!, inside: members }))
}

/** Positions of the runs that each account has a card in. */
interface RunsByAccount {
  readonly runs: readonly IssuedRun[]
  readonly of: ReadonlyMap<number, readonly number[]>
}

const cache = new WeakMap<CardTable, RunsByAccount>()

function byAccount({ tables }: AccountSet): RunsByAccount {
  const known = cache.get(tables.cards)
  if (known) return known
  const runs = issuedRuns(tables)
  const of = new Map<number, number[]>()
  for (const [i, { members }] of runs.entries()) {
    for (const member of members) of.set(member, [...(of.get(member) ?? []), i])
  }
  const made = { runs, of }
  cache.set(tables.cards, made)
  return made
}
