import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { analyse } from '../../src/analyse.ts'
import { createRandom } from '../../src/random.ts'
import { composeResult } from '../../src/result.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Night, type Opened, openFolder } from './collect-nights.ts'
import { nightWithRing } from './ring.ts'

const folder = openFolder()
afterAll(folder.close)

/** What a report says, with the detectors off that read the order of one night's requests, and without what names files. */
async function reportOf({ engine, prepared, collected, config }: Opened) {
  const random = createRandom(config.seed)
  const analysis = await analyse(collected.evidence, engine, {
    ...{ detectors: { signals, orderSignals: [] }, config, random },
  })
  const result = await composeResult({ collected, opened: prepared.opened, analysis, config, options: {} })
  const { inputs: _, joins: __, duplicates: ___, ...rest } = result
  return rest
}

/** Each night a part of the requests and of the accounts, and side rows of some: no night shows the whole ring. */
const nightOf = (day: number): fc.Arbitrary<Night> => {
  const rows = nightWithRing(day) as readonly { readonly account_id: string }[]
  const ids = [...new Set(rows.map(({ account_id }) => account_id))]
  return fc
    .record({
      awake: fc.subarray(ids, { minLength: 12 }),
      every: fc.integer({ min: 1, max: 3 }),
      paying: fc.subarray(ids, { minLength: 1, maxLength: 8 }),
    })
    .map(({ awake, every, paying }) => ({
      logs: rows.filter(({ account_id }, i) => awake.includes(account_id) && i % every === 0),
      accounts: paying.map((account_id) => ({
        account_id,
        card_fingerprint: account_id.startsWith('acct_r') ? 'card-of-ring' : `card-${account_id}`,
      })),
    }))
}

test('the networks of nights kept one by one are those of one scan of all their files', {
  timeout: 600_000,
}, async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(fc.tuple(...[1, 2, 3].map(nightOf)), async (nights) => {
      const path = folder.newCase()
      let last: Awaited<ReturnType<typeof reportOf>> | null = null
      for (const [i, night] of nights.entries())
        last = await folder.collect([night], { kept: { path, number: i + 1 }, use: reportOf })
      const whole = await folder.collect(nights, { use: reportOf })
      expect(last).toEqual(whole)
      found += whole.networks.length
    }),
    { numRuns: 8 },
  )
  expect(found).toBeGreaterThan(4) // else nothing was compared
})
