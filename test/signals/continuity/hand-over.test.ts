import { expect, test } from 'vitest'
import type { EvidenceTables } from '../../../src/evidence/tables.ts'
import { createIncidence } from '../../../src/networks/incidence.ts'
import { createRandom } from '../../../src/random.ts'
import { handOver } from '../../../src/signals/continuity/hand-over.ts'
import { poolShift } from '../../../src/signals/continuity/pool-shift.ts'
import { type Holdings, range, setOf, tablesOf } from '../../networks/tables.ts'
import { DAY_MS, inputOf, MINUTE_MS, START_MS } from '../order-input.ts'

const STRANGERS = 600
const END_MS = START_MS + 30 * DAY_MS

interface Life {
  readonly fromMs: number
  readonly toMs: number
}

/** Members with these lives and one template; strangers who come and go over the month. */
function inputFor(lives: readonly Life[], holdings: Holdings = {}, stray: Life = { fromMs: START_MS, toMs: END_MS }) {
  const random = createRandom('strangers')
  const others = range(0, STRANGERS).map(() => {
    const fromMs = START_MS + random.next() * 25 * DAY_MS
    return { fromMs, toMs: fromMs + random.next() * (END_MS - fromMs) }
  })
  const all = [...lives, ...others, { fromMs: START_MS, toMs: END_MS }, stray]
  const first = Float64Array.from(all, ({ fromMs }) => fromMs)
  const given: Holdings = { system_prompt_hash: { t: range(0, lives.length) }, ...holdings }
  const tables = tablesOf(all.length, given, {
    accounts: { firstAtMs: first, lastAtMs: Float64Array.from(all, ({ toMs }) => toMs) },
  })
  const seen: EvidenceTables = {
    ...tables,
    holdings: { ...tables.holdings, firstAtMs: Float64Array.from(tables.holdings.account, (each) => first[each]!) },
  }
  return { ...inputOf([], 2), set: setOf(createIncidence(seen), range(0, lives.length)) }
}

const draws = () => createRandom('null')

/** Ten accounts, one after the other: each begins `gapMs` after the one before it was closed, for 2.4 days. */
const chain = (gapMs: number): Life[] =>
  range(0, 10).map((i) => ({
    fromMs: START_MS + DAY_MS + i * 2.4 * DAY_MS,
    toMs: START_MS + DAY_MS + (i + 1) * 2.4 * DAY_MS - gapMs,
  }))

test('accounts that follow each other within minutes', () => {
  // Nine of ten begin 10 minutes behind an end; ends moved by whole days meet a beginning by accident only.
  const finding = handOver.measure(inputFor(chain(10 * MINUTE_MS)), draws())!
  expect(finding.summary).toMatch(/^9 times .* within 30 minutes/)
  expect(finding).toMatchObject({ hasEffect: true, bits: 10, accounts: 10 })
})

test('not those of one payer, who moves to another key', () => {
  const finding = handOver.measure(inputFor(chain(10 * MINUTE_MS), { card_fingerprint: { c: range(0, 10) } }), draws())!
  expect(finding).toMatchObject({ hasEffect: false, bits: 0 })
})

test('not accounts that come and go for themselves', () => {
  const random = createRandom('own')
  const lives = range(0, 30).map(() => {
    const fromMs = START_MS + random.next() * 20 * DAY_MS
    return { fromMs, toMs: fromMs + (1 + random.next() * 8) * DAY_MS }
  })
  expect(handOver.measure(inputFor(lives), draws())!.hasEffect).toBe(false)
})

test('a wave that ends and one that begins are one occasion: the pool shift says it, the hand-over does not', () => {
  const swapMs = START_MS + 15 * DAY_MS
  const lives = range(0, 24).map((i) =>
    i < 12 ? { fromMs: START_MS, toMs: swapMs + i * MINUTE_MS } : { fromMs: swapMs + i * MINUTE_MS, toMs: END_MS },
  )
  const input = inputFor(lives)
  expect(handOver.measure(input, draws())!.hasEffect).toBe(false)
  // 12 of 24 on either side: share 0.50.
  const finding = poolShift.measure(input, draws())!
  expect(finding.statistic).toMatch(/^shifted share 0.50/)
  expect(finding).toMatchObject({ hasEffect: true, p: 0.001, accounts: 24 })
  const samePayer = inputFor(lives, { card_fingerprint: { c: range(0, 24) } })
  expect(poolShift.measure(samePayer, draws())!.hasEffect).toBe(false)
})

test('no pool shift where accounts stay, or live for two days of one event', () => {
  const stay = range(0, 24).map(() => ({ fromMs: START_MS, toMs: END_MS }))
  const event = range(0, 24).map(() => ({ fromMs: START_MS + 9 * DAY_MS, toMs: START_MS + 10.5 * DAY_MS }))
  for (const lives of [stay, event]) expect(poolShift.measure(inputFor(lives), draws())!.hasEffect).toBe(false)
})

test.each([
  ['2001', { fromMs: Date.parse('2001-01-02'), toMs: END_MS }],
  ['2039', { fromMs: START_MS, toMs: Date.parse('2039-01-02') }],
])('one record of %s changes neither the pool shift nor who has stopped', (_, stray) => {
  const swapMs = START_MS + 15 * DAY_MS
  const swap = range(0, 24).map((i) =>
    i < 12 ? { fromMs: START_MS, toMs: swapMs } : { fromMs: swapMs + i * MINUTE_MS, toMs: END_MS },
  )
  expect(poolShift.measure(inputFor(swap, {}, stray), draws())!.summary).toMatch(/^12 accounts stop and 12 begin/)
  // Accounts that go on to the end of the log have not stopped, whatever one record says.
  const stay = range(0, 24).map(() => ({ fromMs: START_MS, toMs: END_MS - 3_600_000 }))
  expect(handOver.measure(inputFor(stay, {}, stray), draws())!.summary).toBe('no account stopped')
})
