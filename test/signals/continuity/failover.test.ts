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

/** Own work of each account, which nobody copies: it keeps the rate of copies after answers low. */
const ownWork = (accounts: number, each = 100): Request[] =>
  Array.from({ length: accounts * each }, (_, i) => ({
    account: i % accounts,
    prompt: 10_000 + i,
    atMs: START_MS + i * MINUTE_MS,
    status: 200,
  }))

test('not a class that starts one exercise within 50 s and is rate-limited: copies arrived before the refusals too', () => {
  const random = createRandom('class')
  const exercises = Array.from({ length: 60 * 30 }, (_, i) => ({
    account: i % 30,
    prompt: Math.floor(i / 30),
    atMs: START_MS + Math.floor(i / 30) * 10 * MINUTE_MS + random.below(50_000),
    status: random.next() < 0.5 ? 429 : 200,
  }))
  const input = inputOf([...exercises, ...ownWork(30, 400)], 30)
  expect(failover.measure(input, createRandom('none'))).toMatchObject({ hasEffect: false, bits: 0 })
})

test('a prompt that is refused fifty times counts once', () => {
  // Two prompts are sent on, each after fifty refusals: two occasions, three are asked for.
  const twice = [0, 1].flatMap((prompt) => [
    ...Array.from({ length: 50 }, (_, i) => ({
      account: 0,
      prompt,
      atMs: START_MS + prompt * 9 * MINUTE_MS + i * 1000,
      status: 429,
    })),
    { account: 1 + prompt, prompt, atMs: START_MS + prompt * 9 * MINUTE_MS + 52_000, status: 200 },
  ])
  const finding = measure([...twice, ...ownWork(5)])!
  expect(finding.statistic).toMatch(/^sent on 2,/)
  expect(finding.hasEffect).toBe(false)
})

test('not a copy that is refused as well, nor one by an account that asked the same before', () => {
  const sent = traffic((account) => (account + 1) % 5, 2000)
  const refused = sent.map((each, i) => (sent[i - 1]?.prompt === each.prompt ? { ...each, status: 429 } : each))
  const earlier = sent.flatMap((each, i) =>
    sent[i - 1]?.prompt === each.prompt ? [each, { ...each, atMs: each.atMs - 3 * MINUTE_MS }] : [each],
  )
  for (const requests of [refused, earlier])
    expect(measure([...requests, ...ownWork(5)])!.statistic).toMatch(/^sent on 0,/)
})

test('without prompts or statuses it cannot be tested', () => {
  expect(measure([{ account: 0, atMs: START_MS, status: 429 }])).toBeNull()
  expect(measure([{ account: 0, atMs: START_MS, prompt: 1 }])).toBeNull()
})
