import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { comparable, evidenceOf, type Night, openFolder } from './collect-nights.ts'
import { nightOf } from './random-nights.ts'

const folder = openFolder()
afterAll(folder.close)

const START = Date.parse('2026-06-01T00:00:00Z')

describe('night after night', () => {
  test('the evidence of nights kept one by one is that of one scan of all their files', {
    timeout: 600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(...[0, 1, 2].map(nightOf)), async (nights) => {
        const path = folder.newCase()
        let last: Awaited<ReturnType<typeof evidenceOf>> | null = null
        for (const [i, night] of nights.entries())
          last = await folder.collect([night], { kept: { path, number: i + 1 }, use: evidenceOf })
        const whole = await folder.collect(nights, { use: evidenceOf })
        expect(comparable(last!)).toEqual(comparable(whole))
      }),
      { numRuns: 12 },
    )
  })

  test('a night without a new log shows what is kept', async () => {
    const path = folder.newCase()
    const night: Night = {
      logs: [{ timestamp: '2026-06-01T10:00:00Z', account_id: 'a', ip: '192.0.2.1' }],
      accounts: [{ account_id: 'a', card_fingerprint: 'c' }],
    }
    const first = await folder.collect([night], { kept: { path, number: 1 }, use: evidenceOf })
    const again = await folder.collect([], { kept: { path, number: 2 }, use: evidenceOf })
    expect(comparable(again)).toEqual(comparable(first))
  })

  test('requests that come again in the next export count once where they have ids', async () => {
    const row = (i: number) => ({
      timestamp: new Date(START + i * 3_600_000).toISOString(),
      account_id: `acct_${i % 3}`,
      request_id: `r${i}`,
      ip: '192.0.2.1',
    })
    const rows = Array.from({ length: 60 }, (_, i) => row(i))
    const path = folder.newCase()
    await folder.collect([{ logs: rows.slice(0, 40) }], { kept: { path, number: 1 }, use: evidenceOf })
    const { evidence } = await folder.collect([{ logs: rows.slice(30) }], {
      kept: { path, number: 2 },
      use: evidenceOf,
    })
    const whole = await folder.collect([{ logs: rows }], { use: evidenceOf })
    expect(evidence.tables.accounts.requests).toEqual(whole.evidence.tables.accounts.requests)
    expect(evidence.notes.join()).toContain('requests of its newest two days whose ids are known count once')
    expect(evidence.duplicates?.removed).toBe(10)
  })
})
