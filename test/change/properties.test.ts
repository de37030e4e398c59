import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { historyOfReport } from '../../src/change/from-report.ts'
import type { EarlierNetwork } from '../../src/change/history.ts'
import { withChange } from '../../src/change/with-change.ts'
import type { Network, ScanResult } from '../../src/model.ts'
import { SEVERITIES } from '../../src/model.ts'
import * as forms from '../../src/report/value-forms.ts'
import { aHistory, aScan, idOf, now, TO, UNTIL, was } from './networks.ts'

/** Of 24 accounts and 12 devices, who is in which of up to five networks; 0 is none. */
const partition = (count: number) => fc.array(fc.nat(5), { minLength: count, maxLength: count })
const side = fc.record({
  accounts: partition(24),
  devices: partition(12),
  requests: fc.array(fc.constantFrom(0, 100), { minLength: 6, maxLength: 6 }),
  severities: fc.array(fc.constantFrom(...SEVERITIES), { minLength: 6, maxLength: 6 }),
})
type Side = typeof side extends fc.Arbitrary<infer T> ? T : never

const members = (of: readonly number[], network: number, letter: string): string[] =>
  of.flatMap((each, i) => (each === network ? [`${letter}${String(i).padStart(2, '0')}`] : []))

function build<T>(each: Side, make: (name: string, accounts: string[], devices: string[], over: object) => T): T[] {
  return [1, 2, 3, 4, 5].flatMap((n) => {
    const accounts = members(each.accounts, n, 'acct_')
    if (accounts.length === 0) return []
    const over = { accounts, requests: each.requests[n], severity: each.severities[n] }
    return [make(String.fromCharCode(97 + n), accounts, members(each.devices, n, 'dev_'), over)]
  })
}
const networksOf = (each: Side): Network[] =>
  build(each, (name, _, devices, over) => now(`n${name}`, '', devices, { ...over, lastSeen: TO }))
const earlierOf = (each: Side): EarlierNetwork[] =>
  build(each, (name, _, devices, over) => was(`e${name}`, '', devices, over))

/** What a network became, by its accounts, so that its place in a list does not matter. */
const outcome = (result: ScanResult) => ({
  networks: Object.fromEntries(result.networks.map(({ id, accounts, change }) => [accounts.join(), { id, change }])),
  gone: result.goneNetworks,
})

describe('whatever two reports hold', () => {
  test('ids are unique, and an earlier id stands for who goes on with it', () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const earlier = earlierOf(before)
        const { networks, goneNetworks } = withChange(aScan(networksOf(after)), aHistory(earlier))
        const ids = [...networks, ...goneNetworks].map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        const known = new Set(earlier.map(({ id }) => id))
        for (const { id, change } of networks) {
          const hasEarlierId = !['new', 'split'].includes(change!.status)
          expect(known.has(id)).toBe(hasEarlierId)
          expect(change!.from.includes(id)).toBe(hasEarlierId)
          if (hasEarlierId) expect(change!.from[0]).toBe(id)
        }
      }),
    )
  })

  test('every earlier network is somewhere, once but for those that were split', () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const earlier = earlierOf(before)
        const { networks, goneNetworks } = withChange(aScan(networksOf(after)), aHistory(earlier))
        const ends = networks.flatMap(({ change }) =>
          change!.status === 'split' ? change!.from.slice(1) : change!.from,
        )
        expect([...ends, ...goneNetworks.map(({ id }) => id)].sort()).toEqual(earlier.map(({ id }) => id).sort())
      }),
    )
  })

  test('added and removed lead from the earlier accounts to those of now', () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const earlier = new Map(earlierOf(before).map(({ id, accounts }) => [id, accounts]))
        for (const { accounts, change } of withChange(aScan(networksOf(after)), aHistory(earlierOf(before))).networks) {
          const { status, from, added, removed, since } = change!
          const known = from.flatMap((id) => earlier.get(id)!)
          const left = known.filter((each) => !removed.includes(each))
          const expected = status === 'split' ? left.filter((each) => accounts.includes(each)) : left
          expect([...expected, ...added].sort()).toEqual([...accounts])
          expect([...removed].sort()).toEqual([...removed])
          expect(removed.filter((each) => accounts.includes(each))).toEqual([])
          if (status === 'new') expect(added).toEqual(accounts)
          if (['quiet', 'shrunk', 'unchanged'].includes(status)) expect(added).toEqual([])
          if (status === 'unchanged') expect(removed).toEqual([])
          expect(since).toBe(UNTIL)
        }
      }),
    )
  })

  test('the order in which either lists its networks is of no matter', () => {
    const keys = fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 })
    const shuffles = fc.record({ before: keys, after: keys })
    fc.assert(
      fc.property(side, side, shuffles, (before, after, order) => {
        const byKey = <T>(list: readonly T[], keys: readonly number[]): T[] =>
          list
            .map((each, i) => [keys[i % keys.length]!, each] as const)
            .sort(([a], [b]) => a - b)
            .map(([, each]) => each)
        const turned = byKey(earlierOf(before), order.before)
        const straight = withChange(aScan(networksOf(after)), aHistory(earlierOf(before)))
        const shuffled = withChange(aScan(byKey(networksOf(after), order.after)), aHistory(turned))
        expect(outcome(shuffled)).toEqual(outcome(straight))
      }),
    )
  })

  test('names of accounts and values are of no matter', () => {
    const rename = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(/acct_|dev_/g, 'z_$&')) as T
    fc.assert(
      fc.property(side, side, (before, after) => {
        const straight = withChange(aScan(networksOf(after)), aHistory(earlierOf(before)))
        const renamed = withChange(aScan(rename(networksOf(after))), aHistory(rename(earlierOf(before))))
        expect(outcome(renamed)).toEqual(rename(outcome(straight)))
      }),
    )
  })
})

test('a report held against itself is unchanged, ids and all', () => {
  fc.assert(
    fc.property(side, (each) => {
      const report = aScan(networksOf(each))
      const result = withChange(report, historyOfReport(report, forms, 'r.json'))
      expect(result.networks.map(({ id, change }) => ({ id, status: change!.status }))).toEqual(
        report.networks.map(({ id }) => ({ id, status: 'unchanged' })),
      )
      expect(result.goneNetworks).toEqual([])
    }),
  )
})

test('ids stay over many nights, as the accounts are replaced one by one', () => {
  let report = aScan([now('x', 'abcdefgh', ['d1'])])
  for (const gone of 'abcdefgh') {
    const accounts = report.networks[0]!.accounts.filter((each) => each !== gone)
    const next = aScan([now(gone, [...accounts, gone.toUpperCase()].join(''), ['d1'])])
    report = withChange(next, historyOfReport(report, forms, 'r.json'))
    expect(report.networks[0]!.id).toBe(idOf('x'))
    expect(report.networks[0]!.change!.status).toBe('grown')
  }
  expect(report.networks[0]!.accounts.join('')).toBe('ABCDEFGH')
})
