import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEVERITIES } from '../../src/model.ts'
import { applyReview, type ReviewedNetworks } from '../../src/networks/apply-review.ts'
import { COVERED_SHARE } from '../../src/networks/explain-by-review.ts'
import type { NetworkDraft } from '../../src/networks/report-network.ts'
import { resolveReview, type Statements } from '../../src/networks/review.ts'
import { parseKnown } from '../../src/review/known.ts'
import { parseDecisions } from '../../src/review/labels.ts'
import { aDraft, idOf, proposalOf } from './reviewed.ts'
import { accountTable, range } from './tables.ts'

/** Four networks of three to nine accounts, and ten accounts in none. */
const GROUPS = [range(0, 9), range(9, 14), range(14, 18), range(18, 21)]
const COUNT = 31
const accounts = accountTable(COUNT, { ids: range(0, COUNT).map(idOf) })

const drafts = fc
  .tuple(
    ...GROUPS.map(() =>
      fc.record({ severity: fc.constantFrom(...SEVERITIES), score: fc.integer({ min: 0, max: 40 }) }),
    ),
  )
  .map((each) => each.map((over, group) => aDraft(group, GROUPS[group]!, over)))
const proposals = fc.array(fc.integer({ min: 9, max: 16 }), { minLength: 20, maxLength: 20 }).map((bits) =>
  proposalOf(GROUPS, {
    links: GROUPS.flatMap((members) => members.slice(1).map((b, i) => ({ a: members[i]!, b, bits: bits[b - 1]! }))),
  }),
)
const someAccounts = fc.uniqueArray(fc.integer({ min: 0, max: COUNT - 1 }))
/** As files have them: no account twice, none confirmed and cleared. */
const statements = fc
  .record({
    confirmed: someAccounts,
    cleared: someAccounts,
    known: fc.uniqueArray(
      fc.record({
        account: fc.integer({ min: 0, max: COUNT - 1 }),
        owner: fc.constantFrom('Harbour Desk', 'Quay Labs'),
        expires: fc.constantFrom('2026-01-01', '2026-12-31', '2027-06-30'),
      }),
      { selector: ({ account }) => account },
    ),
  })
  .map(({ confirmed, cleared, known }) => ({
    labels: [
      ...confirmed.map((account) => `${idOf(account)},confirmed`),
      ...cleared.filter((account) => !confirmed.includes(account)).map((account) => `${idOf(account)},cleared`),
    ],
    known: known.map(({ account, owner, expires }) => `${idOf(account)},${owner},resale,${expires}`),
  }))

interface Lines {
  readonly labels: readonly string[]
  readonly known: readonly string[]
}

const read = ({ labels, known }: Lines): Statements => ({
  known: parseKnown([{ name: 'k.csv', text: ['account_id,owner,reason,expires', ...known].join('\n') }]),
  labels: parseDecisions([{ name: 'l.csv', text: ['account_id,label', ...labels].join('\n') }]),
})

type World = readonly [readonly NetworkDraft[], ReturnType<typeof proposalOf>]

const apply = (given: Lines, [own, proposal]: World): ReviewedNetworks =>
  applyReview(own, { accounts }, proposal, resolveReview(read(given), accounts))

const worlds = fc.tuple(drafts, proposals)
const rankOf = ({ drafts: ranked }: ReviewedNetworks, group: number): number => {
  const at = ranked.findIndex((draft) => draft.group === group)
  return at < 0 ? Number.POSITIVE_INFINITY : at
}

test('one more confirmed account never lowers the rank of its network', () => {
  fc.assert(
    fc.property(worlds, statements, fc.integer({ min: 0, max: 20 }), (world, given, account) => {
      const id = idOf(account)
      fc.pre(!given.labels.some((line) => line.startsWith(`${id},`)))
      const group = GROUPS.findIndex((members) => members.includes(account))
      const before = apply(given, world)
      const after = apply({ ...given, labels: [...given.labels, `${id},confirmed`] }, world)
      expect(rankOf(after, group)).toBeLessThanOrEqual(rankOf(before, group))
      const severityIn = ({ drafts: ranked }: ReviewedNetworks) => ranked.find((each) => each.group === group)?.severity
      const [from, to] = [severityIn(before), severityIn(after)]
      if (from !== undefined) expect(SEVERITIES.indexOf(to!)).toBeGreaterThanOrEqual(SEVERITIES.indexOf(from))
    }),
  )
})

test('a line about one network changes nothing of the others but their places', () => {
  fc.assert(
    fc.property(worlds, statements, statements, (world, given, more) => {
      const isOfFirst = (line: string): boolean => GROUPS[0]!.some((account) => line.startsWith(`${idOf(account)},`))
      const others = {
        labels: given.labels.filter((x) => !isOfFirst(x)),
        known: given.known.filter((x) => !isOfFirst(x)),
      }
      const joined = {
        labels: [...others.labels, ...more.labels.filter(isOfFirst)],
        known: [...others.known, ...more.known.filter(isOfFirst)],
      }
      const rest = ({ drafts: ranked, explained }: ReviewedNetworks) => [
        ranked.filter(({ group }) => group !== 0),
        explained.filter(({ accounts: [first] }) => first !== idOf(0)),
      ]
      expect(rest(apply(joined, world))).toEqual(rest(apply(others, world)))
    }),
  )
})

test('files without a record change nothing', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const none = applyReview(world[0], { accounts }, world[1], resolveReview({}, accounts))
      expect(apply({ labels: [], known: [] }, world)).toEqual(none)
      expect(none.explained).toEqual([])
    }),
  )
})

test('the order of the rows does not matter', () => {
  const withOrder = statements.chain((given) =>
    fc.record({
      given: fc.constant(given),
      labels: fc.shuffledSubarray(given.labels, { minLength: given.labels.length }),
      known: fc.shuffledSubarray(given.known, { minLength: given.known.length }),
    }),
  )
  fc.assert(
    fc.property(worlds, withOrder, (world, { given, labels, known }) => {
      const withoutLines = ({ expired, ...rest }: ReviewedNetworks) => ({
        ...rest,
        expired: expired
          .map(({ lines, ...each }) => ({ ...each, lines: lines.length }))
          .sort((a, b) => (`${a.owner}${a.expired}` < `${b.owner}${b.expired}` ? -1 : 1)),
      })
      expect(withoutLines(apply({ labels, known }, world))).toEqual(withoutLines(apply(given, world)))
    }),
  )
})

test('nobody is lost: each network is ranked or explained, with its score and its accounts', () => {
  fc.assert(
    fc.property(worlds, statements, (world, given) => {
      const { drafts: ranked, explained } = apply(given, world)
      const shown = [...ranked, ...explained].map(({ accounts: own }) => own.join()).sort()
      expect(shown).toEqual(GROUPS.map((members) => members.map(idOf).join()).sort())
      for (const { group, score, evidence } of ranked)
        expect({ score, evidence }).toEqual({ score: world[0][group]!.score, evidence: world[0][group]!.evidence })
      for (const { uncovered, accountCount } of explained)
        expect(uncovered.length).toBeLessThanOrEqual((1 - COVERED_SHARE) * accountCount + 1e-9)
    }),
  )
})
