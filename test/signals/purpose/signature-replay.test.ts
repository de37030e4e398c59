import { expect, test } from 'vitest'
import { createRandom } from '../../../src/random.ts'
import { signatureReplay } from '../../../src/signals/purpose/signature-replay.ts'
import { HOUR_MS, inputOf, type Request, START_MS } from '../order-input.ts'

/** 200 signatures over four accounts, each sent again once in its own conversation; the first `carried` by another. */
const traffic = (carried: number): Request[] =>
  Array.from({ length: 200 }, (_, i) => {
    const atMs = START_MS + i * HOUR_MS
    const again = i < carried ? (i + 1) % 4 : i % 4
    return [
      { account: i % 4, atMs, signature: i },
      { account: again, atMs: atMs + 60_000, signature: i },
    ]
  }).flat()

const measure = (requests: readonly Request[]) => signatureReplay.measure(inputOf(requests, 4), createRandom('none'))

test('signatures that come back from another account', () => {
  // 4 where 200 × 1e-4 = 0.02 are granted: -log2 of 0.02^4 / 24 = 27 bits, 12 at most.
  expect(measure(traffic(4))).toMatchObject({ hasEffect: true, bits: 12, accounts: 4 })
})

test('not within an account, not two forked conversations, and not without signatures', () => {
  expect(measure(traffic(0))!.hasEffect).toBe(false)
  expect(measure(traffic(2))!.hasEffect).toBe(false)
  expect(measure([{ account: 0, atMs: START_MS }])).toBeNull()
})

test('not the keys of one organisation, which pass conversations on', () => {
  const input = inputOf(traffic(4), 4, { organization: 'one' })
  expect(signatureReplay.measure(input, createRandom('none'))).toBeNull()
})
