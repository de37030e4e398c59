import { describe, expect, test } from 'vitest'
import type { CardTable, EvidenceTables } from '../../src/evidence/tables.ts'
import { createRandom } from '../../src/random.ts'
import { binomialTailBits } from '../../src/signals/binomial.ts'
import { issuedCardRuns } from '../../src/signals/payment/issued-card-runs.ts'
import { issuedRuns } from '../../src/signals/payment/issued-runs.ts'
import { incidenceOf, setOf } from '../networks/tables.ts'

type Card = readonly [account: number, series: number, last4: number]

function cardsOf(rows: readonly Card[]): CardTable {
  const sorted = [...rows].sort((a, b) => a[1] - b[1] || a[2] - b[2] || a[0] - b[0])
  const series = Math.max(...rows.map((row) => row[1])) + 1
  return {
    count: rows.length,
    bins: Array.from({ length: series }, (_, i) => `41111${i}`),
    expiries: Array.from({ length: series }, () => '07/28'),
    account: Int32Array.from(sorted, ([account]) => account),
    series: Int32Array.from(sorted, (row) => row[1]),
    last4: Int16Array.from(sorted, (row) => row[2]),
  }
}

const runsOf = (rows: readonly Card[]) => issuedRuns({ cards: cardsOf(rows) } as Pick<EvidenceTables, 'cards'>)

/** Accounts from..to-1 with cards `first`, `first + step`, … of one series. */
const row = (from: number, to: number, first: number, step = 1, series = 0): Card[] =>
  Array.from({ length: to - from }, (_, i) => [from + i, series, (first + i * step) % 10_000])

/** Accounts with a card anywhere in the series. */
function strangers(from: number, to: number, series = 0): Card[] {
  const random = createRandom(`strangers ${series}`)
  return Array.from({ length: to - from }, (_, i) => [from + i, series, random.below(10_000)])
}

describe('tail of the binomial', () => {
  test('worked by hand', () => {
    // P(X >= 2), n = 3, p = 1/2: 3/8 + 1/8 = 1/2. P(X >= 4), n = 4, p = 1/10: 10^-4.
    expect(binomialTailBits(3, 0.5, 2)).toBeCloseTo(1, 9)
    expect(binomialTailBits(4, 0.1, 4)).toBeCloseTo(-Math.log2(1e-4), 9)
    expect(binomialTailBits(9999, 0.032, 640)).toBeGreaterThan(150) // twice the mean of 320: does not underflow
  })
})

describe('runs', () => {
  test('eight cards in a row are found among fifty of one series, and nobody else is in it', () => {
    const [run, ...more] = runsOf([...strangers(0, 50), ...row(50, 58, 4711)])
    expect(more).toEqual([])
    expect([...run!.members]).toEqual([50, 51, 52, 53, 54, 55, 56, 57])
    expect(run).toMatchObject({ bin: '411110', expiry: '07/28', cards: 8, seriesCards: 58, width: 8, gaps: 7 })
    // By chance (8 − 1) · (1 − 0.998^57) = 0.755 of the gaps are that small: z = (7 − 0.755) / √0.755 = 7.19.
    expect(run!.expected).toBeCloseTo(0.755, 3)
    expect(run!.z).toBeCloseTo(7.19, 2)
    // C(57, 7) · 0.001^7 = 2.64e-13, times 58 starts and 6 widths: 9.2e-11, 33.3 bits.
    expect(run!.bits).toBeCloseTo(33.4, 0)
  })

  test('check digits, ten apart; over 9999; longer than the widest window; two runs of one series stay two', () => {
    expect(runsOf([...strangers(0, 50), ...row(50, 58, 4711, 10)])).toMatchObject([{ cards: 8, width: 71 }])
    const across = runsOf([...strangers(0, 50), ...row(50, 58, 9996)])
    expect(across.map(({ members, width }) => [members.length, width])).toEqual([[8, 8]])
    expect(runsOf([...strangers(0, 50), ...row(50, 1050, 2000)]).map(({ cards }) => cards >= 1000)).toEqual([true])
    const two = runsOf([...strangers(0, 50), ...row(50, 58, 2500), ...row(58, 66, 7300)])
    expect(two.map(({ members }) => members[0])).toEqual([50, 58])
  })

  test('strangers of popular ranges form none', () => {
    // A hundred series of 20 to 800 cards: whatever stands in a row does so by chance.
    const rows = Array.from({ length: 100 }, (_, series) =>
      strangers(series * 1000, series * 1000 + 20 + (series % 4) * 260, series),
    )
    expect(runsOf(rows.flat())).toEqual([])
  })

  test('one card on many accounts is no run, nor are many cards on one account', () => {
    expect(runsOf([...strangers(0, 50), ...Array.from({ length: 20 }, (_, i): Card => [50 + i, 0, 4711])])).toEqual([])
    expect(runsOf([...strangers(0, 50), ...Array.from({ length: 20 }, (_, i): Card => [50, 0, 4711 + i])])).toEqual([])
  })
})

describe('the signal', () => {
  const incidence = incidenceOf(
    100,
    {},
    { cards: cardsOf([...strangers(0, 50), ...row(50, 58, 4711), ...strangers(70, 90, 1)]) },
  )

  test('a member has the surprise of its run: 8 of 58 cards on 8 of 10,000 numbers', () => {
    const bits = issuedCardRuns.memberBits(setOf(incidence, [50, 51, 52, 53, 54, 55, 56, 57, 60, 70]))
    expect([...bits.slice(0, 8)].map((each) => each.toFixed(1))).toEqual(Array(8).fill('7.4')) // log2(0.1379 / 0.0008)
    expect([...bits.slice(8)]).toEqual([0, 0])
  })

  test('two cards of a run are none, and strangers have nothing', () => {
    expect([...issuedCardRuns.memberBits(setOf(incidence, [1, 2, 50, 51]))]).toEqual([0, 0, 0, 0])
  })

  test('says it in words', () => {
    expect(issuedCardRuns.explain(setOf(incidence, [0, 50, 51, 52, 53])).summary).toBe(
      '4 of 5 accounts pay with cards of one run: same issuer range and expiry, last digits in a row (7 neighbours at most 20 apart, 0.8 by chance)',
    )
  })
})
