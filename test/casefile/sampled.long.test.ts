import { afterAll, expect, test } from 'vitest'
import { comparable, evidenceOf, type Night, openFolder } from './collect-nights.ts'

const folder = openFolder()
afterAll(folder.close)

/** Requests with a prompt each, of which every fourth is also another account's, on a day of its own. */
function night(day: number, requests: number): Night {
  const start = Date.parse('2026-06-01T00:00:00Z') + day * 86_400_000
  const row = (i: number): string =>
    `{"timestamp":${start + i * 100},"account_id":"a${i % 97}","prompt_hash":"p${day}_${i - (i % 4 === 0 ? 1 : 0)}","ip":"198.51.${i % 5}.7"}`
  return { logs: Array.from({ length: requests }, (_, i) => row(i)) }
}

test('prompts that are sampled as the case grows are those that one scan of all files samples', {
  timeout: 300_000,
}, async () => {
  // Half a million requests are the bound: whole, then one in two, then one in four.
  const nights = [night(0, 400_000), night(1, 400_000), night(2, 300_000)]
  const path = folder.newCase()
  let last: Awaited<ReturnType<typeof evidenceOf>> | null = null
  for (const [i, each] of nights.entries())
    last = await folder.collect([each], { kept: { path, number: i + 1 }, use: evidenceOf })
  const whole = await folder.collect(nights, { use: evidenceOf })
  expect(last!.evidence.notes.join()).toContain('one prompt_hash in 4 was kept')
  expect(comparable(last!)).toEqual(comparable(whole))
})
