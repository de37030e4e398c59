import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../src/random.ts'
import { bestOfN } from '../../../src/signals/purpose/best-of-n.ts'
import { datasetSweep } from '../../../src/signals/purpose/dataset-sweep.ts'
import { HOUR_MS, inputOf, MINUTE_MS, type Request, START_MS } from '../order-input.ts'

const random = createRandom('sampling')

/** Request i of some account, a minute after the one before. */
const request = (account: number, i: number, more: Partial<Request>): Request => ({
  account,
  atMs: START_MS + i * MINUTE_MS,
  ...more,
})

const list = (count: number, of: (i: number) => Request): Request[] => Array.from({ length: count }, (_, i) => of(i))

/** Strangers 20 to 59 in conversations of five turns, some prompts of theirs repeated. */
const strangers = list(40 * 50, (i) =>
  request(20 + (i % 40), i, {
    template: 1000 + (i % 40),
    session: 100_000 + (i % 40) * 100 + Math.floor(i / 200),
    prompt: 500_000 + (random.below(10) === 0 ? random.below(30) : 1000 + i),
  }),
)
const among = { strangers, strangerCount: 40 }

describe('sweep', () => {
  const sweep = (sessionOf: (i: number) => number, promptOf = (i: number): number => i): Request[] =>
    list(1200, (i) => request(i % 20, i, { template: 7, prompt: promptOf(i), session: sessionOf(i) }))

  test('1,200 prompts once each, one turn each, over twenty accounts, where strangers hold conversations', () => {
    const found = datasetSweep.measure(
      inputOf(
        sweep((i) => i),
        20,
        among,
      ),
      random,
    )
    // All 20 members and none of 40 strangers: lift (20.5 / 21) / (0.5 / 41) = 80, log2 is 6.3, at most 6.
    expect(found).toMatchObject({ bits: 6, hasEffect: true, accounts: 20 })
    expect(found!.p).toBeLessThan(1e-12 * 1e3) // 1 / C(60, 20) = 2.4e-16, not less than 1e-12
    expect(found!.statistic).toBe('sweeping accounts 100 %, among strangers 0 %')
  })

  test('where strangers ask like that as well it says nothing', () => {
    const alike = strangers.map((each, i) => ({ ...each, prompt: 900_000 + i, session: -1 }))
    const found = datasetSweep.measure(
      inputOf(
        sweep((i) => i),
        20,
        { strangers: alike, strangerCount: 40 },
      ),
      random,
    )
    expect(found).toMatchObject({ bits: 0, hasEffect: false })
    expect(found!.p).toBeGreaterThan(0.9)
  })

  test('nor do conversations, repeated prompts, or a log without prompts', () => {
    const bits = (rows: readonly Request[]) => datasetSweep.measure(inputOf(rows, 20, among), random)?.bits
    expect(bits(sweep((i) => Math.floor(i / 40)))).toBe(0)
    expect(
      bits(
        sweep(
          (i) => i,
          (i) => i % 1000,
        ),
      ),
    ).toBe(0)
    expect(datasetSweep.measure(inputOf([request(0, 0, {})], 20), random)).toBeNull()
  })
})

describe('best of n', () => {
  /** `copies` of each of 60 prompts; copy c of prompt p is sent by an account that `by` picks. */
  const rollouts = (copies: number, by: (prompt: number, copy: number) => number): Request[] =>
    list(60 * copies, (i) => {
      const prompt = Math.floor(i / copies)
      return request(by(prompt, i % copies), i, { template: 7, prompt })
    })

  test('eight samples of each of sixty prompts, dealt out over twenty accounts', () => {
    const rows = rollouts(8, (prompt, copy) => (prompt * 7 + copy) % 20)
    const found = bestOfN.measure(inputOf(rows, 20, among), random)
    expect(found).toMatchObject({ hasEffect: true, accounts: 20, p: 1e-12 }) // 0.2^60 = 1e-42
    expect(found!.summary).toBe(
      '60 of 60 prompts of one template were sent exactly 8 times, on 8.0 different accounts each, by 20 accounts',
    )
    // Strangers: 30 prompts of some 1,800 that are on several accounts at least four times: log2(1 / 0.016) is about 6.
    expect(found!.bits).toBeGreaterThan(4)
  })

  test('a benchmark that everybody runs, one account that samples, and prompts repeated as they come say nothing', () => {
    const bits = (rows: readonly Request[]) => bestOfN.measure(inputOf(rows, 20, among), random)?.bits
    expect(bits(rollouts(20, (_, copy) => copy))).toBe(0)
    expect(bits(rollouts(8, (prompt) => prompt % 20))).toBe(0)
    const popular = list(2000, (i) =>
      request(random.below(20), i, { template: 7, prompt: Math.floor(100 * random.next() ** 2) }),
    )
    expect(bits(popular)).toBe(0)
  })

  test('where only a part of the members is under watch it cannot be tested', () => {
    const input = inputOf(
      rollouts(8, (prompt, copy) => (prompt + copy) % 20),
      20,
      among,
    )
    const part = { ...input, events: { ...input.events, accounts: input.events.accounts.subarray(0, 10) } }
    expect(bestOfN.measure(part, random)).toBeNull()
  })

  test('moving a log in time changes nothing', () => {
    const rows = rollouts(8, (prompt, copy) => (prompt * 7 + copy) % 20)
    const later = rows.map((row) => ({ ...row, atMs: row.atMs + 9 * HOUR_MS }))
    expect(bestOfN.measure(inputOf(later, 20, among), random)).toEqual(
      bestOfN.measure(inputOf(rows, 20, among), random),
    )
  })
})
