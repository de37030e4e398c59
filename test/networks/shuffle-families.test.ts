import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../src/evidence/engine.ts'
import type { CardTable, EvidenceTables } from '../../src/evidence/tables.ts'
import { shuffleFamilies } from '../../src/networks/shuffle-families.ts'
import { createRandom } from '../../src/random.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, range, tablesOf } from './tables.ts'

const evidenceOf = (tables: EvidenceTables): Evidence => ({
  intake: [],
  tables,
  fieldsPresent: new Set(tables.fields.map(({ name }) => name)),
  joins: [],
  duplicates: null,
  hours: new Float64Array(0),
  notes: [],
})

const shuffle = (tables: EvidenceTables, seed = 'shuffle'): EvidenceTables =>
  shuffleFamilies(evidenceOf(tables), signals, createRandom(seed)).tables

/** What each account holds of these fields, as one text. */
function heldBy({ accounts, fields, values, holdings }: EvidenceTables, names: readonly string[]): string[] {
  const held: string[][] = accounts.ids.map(() => [])
  for (let row = 0; row < holdings.count; row++) {
    const value = holdings.value[row]!
    const { name } = fields[values.field[value]!]!
    if (names.includes(name)) held[holdings.account[row]!]!.push(`${name}=${values.text[value]}`)
  }
  const counts = fields.filter(({ name }) => names.includes(name)).map(({ valuesHeld }) => [...valuesHeld])
  return held.map((texts, account) => `${texts.sort().join(' ')} ${counts.map((each) => each[account]).join(' ')}`)
}

const COUNT = 40
const some = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.uniqueArray(fc.nat(COUNT - 1), { minLength: 1 }))
const FIELDS = ['card_fingerprint', 'billing_name_hash', 'device_fingerprint', 'tls_fingerprint', 'ip_block', 'email']
const holdings = fc.record(Object.fromEntries(FIELDS.map((field) => [field, some])))

describe('of any evidence', () => {
  test('a family moves whole: what one account had of it, one account has', () => {
    fc.assert(
      fc.property(holdings, fc.string(), (given, seed) => {
        const tables = tablesOf(COUNT, given, { own: ['email'] })
        const copy = shuffle(tables, seed)
        for (const family of [FIELDS.slice(0, 2), FIELDS.slice(2, 4), FIELDS.slice(4, 5)])
          expect(heldBy(copy, family).sort()).toEqual(heldBy(tables, family).sort())
        expect(heldBy(copy, ['email'])).toEqual(heldBy(tables, ['email'])) // registration stays
        expect(copy.accounts).toBe(tables.accounts)
        expect(copy.values).toBe(tables.values)
      }),
      { numRuns: 100 },
    )
  })

  test('rows stay sorted by value and account, each pair once', () => {
    fc.assert(
      fc.property(holdings, (given) => {
        const { holdings: rows } = shuffle(tablesOf(COUNT, given))
        const keys = range(0, rows.count).map((row) => rows.value[row]! * COUNT + rows.account[row]!)
        expect(keys).toEqual([...new Set(keys)].toSorted((a, b) => a - b))
      }),
      { numRuns: 100 },
    )
  })
})

const ring: Holdings = {
  card_fingerprint: { c: range(0, 10) },
  billing_name_hash: { n: range(0, 10) },
  device_fingerprint: { d: range(0, 10) },
}
const holdersIn = ({ fields, values, holdings: rows }: EvidenceTables, name: string): number[] =>
  [...rows.account].filter((_, row) => fields[values.field[rows.value[row]!]!]!.name === name)

test('card and billing name stay together, card and device do not', () => {
  const copy = shuffle(tablesOf(1000, ring))
  expect(holdersIn(copy, 'card_fingerprint')).toEqual(holdersIn(copy, 'billing_name_hash'))
  const both = holdersIn(copy, 'card_fingerprint').filter((each) =>
    holdersIn(copy, 'device_fingerprint').includes(each),
  )
  expect(both.length).toBeLessThan(3) // ten of a thousand meet ten of a thousand: 0.1 are expected
})

test('every account may end up anywhere: 400 shuffles of four accounts give each place a quarter', () => {
  const tables = tablesOf(4, { card_fingerprint: { c: [0, 1] } })
  const places = range(0, 400).flatMap((seed) => holdersIn(shuffle(tables, `${seed}`), 'card_fingerprint'))
  for (const place of range(0, 4)) {
    const count = places.filter((each) => each === place).length
    expect(Math.abs(count - 200)).toBeLessThan(50) // deviation √(400 / 4) = 10: five of them
  }
})

test('the same seed gives the same copy, another seed another; the evidence itself is as it was', () => {
  const tables = tablesOf(1000, ring)
  const before = JSON.stringify(heldBy(tables, Object.keys(ring)))
  expect(shuffle(tables, 'a')).toEqual(shuffle(tables, 'a'))
  expect(shuffle(tables, 'a').holdings.account).not.toEqual(shuffle(tables, 'b').holdings.account)
  expect(JSON.stringify(heldBy(tables, Object.keys(ring)))).toBe(before)
})

// `tables.cards` is copied as it is: a run of issued cards stays on its accounts while the family payment moves away,
// and together with registration, which stays as well, it makes the same network in every copy.
test('cards issued in a row move with the payment family', () => {
  const row = range(0, 8)
  const cards: CardTable = {
    count: row.length,
    bins: ['411111'],
    expiries: ['07/28'],
    account: Int32Array.from(row),
    series: new Int32Array(row.length),
    last4: Int16Array.from(row, (n) => 4711 + n),
  }
  const copy = shuffle(tablesOf(1000, { card_fingerprint: { c: row } }, { cards }))
  expect([...copy.cards.account].toSorted((a, b) => a - b)).toEqual(holdersIn(copy, 'card_fingerprint'))
})
