import { expect, test } from 'vitest'
import { createRandom } from '../../../src/random.ts'
import { failover } from '../../../src/signals/continuity/failover.ts'
import { inputOf, MINUTE_MS, type Request, START_MS } from '../order-input.ts'

/** A hundred prompts over five accounts, each answered; every seventh is refused first. */
const traffic = (retry: (account: number) => number, delayMs: number): Request[] =>
  Array.from({ length: 100 }, (_, i) => {
    const account = i % 5
    const sent = { account, prompt: i, atMs: START_MS + i * 3 * MINUTE_MS }
    if (i % 7 > 0) return [{ ...sent, status: 200 }]
    return [
      { ...sent, status: 429 },
      { ...sent, account: retry(account), atMs: sent.atMs + delayMs, status: 200 },
    ]
  }).flat()

const measure = (requests: readonly Request[]) => failover.measure(inputOf(requests, 5), createRandom('none'))

test('refused prompts that another account sends within a minute', () => {
  // 15 of 15, where 100 answers and no copy give 15 × 0.5 / 101 = 0.07: far beyond the cap of 10 bits.
  const finding = measure(traffic((account) => (account + 1) % 5, 2000))!
  expect(finding.statistic).toBe('sent on 15, by chance 0.07')
  expect(finding).toMatchObject({ hasEffect: true, bits: 10 })
})

test.each([
  ['a client that tries again itself', traffic((account) => account, 2000)],
  ['a person who asks elsewhere later', traffic((account) => (account + 1) % 5, 5 * MINUTE_MS)],
])('not %s', (_, requests) => {
  expect(measure(requests)).toMatchObject({ hasEffect: false, bits: 0 })
})

test('not a suite whose prompts all accounts send at once: answered ones are copied as well', () => {
  const suite = Array.from({ length: 50 }, (_, i) =>
    [0, 1, 2, 3, 4].map((account) => ({
      account,
      prompt: i,
      atMs: START_MS + i * MINUTE_MS + account * 1000,
      status: (i + account) % 8 === 0 ? 429 : 200,
    })),
  ).flat()
  expect(measure(suite)!.hasEffect).toBe(false)
})

test('without prompts or statuses it cannot be tested', () => {
  expect(measure([{ account: 0, atMs: START_MS, status: 429 }])).toBeNull()
  expect(measure([{ account: 0, atMs: START_MS, prompt: 1 }])).toBeNull()
})
