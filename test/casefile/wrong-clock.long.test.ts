import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { summarizeCase } from '../../src/casefile/summary.ts'
import { scan } from '../../src/scan.ts'
import { nightWithRing, RING, writeRows } from './ring.ts'

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-clock-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const wrong = (timestamp: string) => ({ timestamp, account_id: 'acct_s0', request_id: `req_${timestamp}`, model: 'm' })
const FUTURE = wrong('2099-01-01T00:00:00Z')
const PAST = wrong('2001-01-02T00:00:00Z')

const REQUESTS = nightWithRing(1).length
let next = 0
const keep = (caseFile: string, rows: readonly object[], accounts: readonly string[] = []) =>
  scan({
    inputs: [writeRows(folder, `log-${next++}.ndjson`, rows)],
    accounts,
    caseFile,
    config: { threads: 1 },
  })

describe('a request stamped by a clock that is far off', () => {
  test.each([
    ['in the future', FUTURE],
    ['in the past', PAST],
  ])('%s lets no request id age: what comes again counts once', async (name, stamped) => {
    const path = join(folder, `${name}.duckdb`)
    await keep(path, [...nightWithRing(1), stamped])
    const { totals, notes } = await keep(path, [...nightWithRing(1), ...nightWithRing(2)])
    expect(totals.requests).toBe(2 * REQUESTS + 1)
    expect(notes.join()).toContain('by up to 23 hours: requests of its newest two days whose ids are known count once')
    expect((await summarizeCase(path)).rows.recent_id).toBe(2 * REQUESTS)
  })

  test('makes no overlap of nights that have none', async () => {
    const path = join(folder, 'apart.duckdb')
    await keep(path, [...nightWithRing(1), FUTURE, PAST])
    const { notes } = await keep(path, [...nightWithRing(3), FUTURE, PAST])
    expect(notes.join()).not.toContain('overlap')
    const { inputs, days } = await summarizeCase(path)
    expect(inputs.map(({ from, to }) => [from?.slice(0, 10), to?.slice(0, 10)])).toEqual([
      ['2026-06-01', '2026-06-01'],
      ['2026-06-03', '2026-06-03'],
    ])
    expect(days).toEqual({ from: '2001-01-02', to: '2099-01-01' }) // what is held is told as it is
  })

  test('hides no network that fell silent', async () => {
    const path = join(folder, 'quiet.duckdb')
    const first = await keep(path, [...nightWithRing(1), FUTURE])
    const silent = nightWithRing(2).filter(
      (row) => !RING.some((id) => id === (row as { account_id: string }).account_id),
    )
    const { networks } = await keep(path, silent)
    expect(networks.map(({ id, change }) => [id, change?.status, change?.since])).toEqual([
      [first.networks[0]!.id, 'quiet', first.networks[0]!.lastSeen],
    ])
  })

  test('keeps no row of a side file longer than its night', async () => {
    const path = join(folder, 'side.duckdb')
    const side = writeRows(folder, 'side.ndjson', [{ account_id: 'acct_s1', email: 'a@mail.example' }])
    await keep(path, [...nightWithRing(1), FUTURE], [side])
    await keep(path, nightWithRing(2))
    const { forgetBefore } = await import('../../src/casefile/forget.ts')
    await forgetBefore(path, '2026-06-02')
    expect((await summarizeCase(path)).rows.side).toBe(0)
  })
})

test('an export with pauses of days, or a thin last day, is taken as it is', async () => {
  const path = join(folder, 'pauses.duckdb')
  await keep(path, [...nightWithRing(1), ...nightWithRing(20), ...nightWithRing(21).slice(0, 1)])
  const { inputs, rows } = await summarizeCase(path)
  expect([inputs[0]!.from?.slice(0, 10), inputs[0]!.to?.slice(0, 10)]).toEqual(['2026-06-01', '2026-06-21'])
  expect(rows.recent_id).toBe(REQUESTS + 1)
})
