import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { forgetBefore } from '../../src/casefile/forget.ts'
import { summarizeCase } from '../../src/casefile/summary.ts'
import { exportCase, importCase } from '../../src/casefile/transfer.ts'
import { scan } from '../../src/scan.ts'
import { writeRows } from './ring.ts'

/** Nights that are not one day after the other. */

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-nights-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ACCOUNTS = 40
const START = Date.parse('2026-06-01T00:00:00Z')
const DAY_MS = 86_400_000

/** One request an hour apart of each account, with ids. */
const dayOf = (day: number, ip: (account: number) => string = () => '192.0.2.1') =>
  Array.from({ length: ACCOUNTS }, (_, account) => ({
    timestamp: START + day * DAY_MS + account * 60_000 * 30,
    account_id: `acct_${account}`,
    request_id: `req_${day}_${account}`,
    ip: ip(account),
  }))

let next = 0
const keep = (caseFile: string, rows: readonly object[]) =>
  scan({ inputs: [writeRows(folder, `log-${next++}.ndjson`, rows)], caseFile, config: { threads: 1 } })

describe('a day behind a pause', () => {
  // 30 days of 40 requests, then four days without any, then one day: 40 of 1,240 requests are 3 %, but of all accounts.
  const month = Array.from({ length: 30 }, (_, day) => dayOf(day)).flat()
  const late = dayOf(35)

  test('is no wrong clock: what comes of it again counts once, and is said', async () => {
    const path = join(folder, 'pause.duckdb')
    await keep(path, [...month, ...late])
    const { totals, notes } = await keep(path, [...late.slice(20), ...dayOf(36)])
    expect(totals.requests).toBe(month.length + 2 * ACCOUNTS)
    expect(notes.join()).toContain('count once')
  })
})

test('late rows of a day whose ids the case has count once, however few', async () => {
  const path = join(folder, 'late.duckdb')
  await keep(path, dayOf(0))
  const later = [7, 8, 9].flatMap((day) => dayOf(day))
  const { totals } = await keep(path, [dayOf(0)[0]!, ...later])
  expect(totals.requests).toBe(ACCOUNTS + later.length)
})

test('a case holds sums by account and day, also where every request has an address of its own', async () => {
  const path = join(folder, 'rotating.duckdb')
  const rotating = Array.from({ length: 5 }, (_, n) =>
    dayOf(0, (account) => `198.51.${100 + n}.${account}`).map((row) => ({
      ...row,
      request_id: `${row.request_id}_${n}`,
    })),
  ).flat()
  await keep(path, rotating)
  const { rows } = await summarizeCase(path)
  expect(rotating).toHaveLength(5 * ACCOUNTS)
  expect(rows.base).toBe(ACCOUNTS)
})

test('an export that brought nothing new stays known for as long as what it repeats', async () => {
  const path = join(folder, 'again.duckdb')
  await keep(path, dayOf(0))
  await keep(path, dayOf(0).toReversed())
  expect(await forgetBefore(path, '2026-05-01')).toMatchObject({ inputs: 0 })
  expect((await summarizeCase(path)).inputs).toHaveLength(2)
  expect(await forgetBefore(path, '2026-06-02')).toMatchObject({ inputs: 2, requests: ACCOUNTS })
})

test('with its last night goes what a wrong clock stamped', async () => {
  const path = join(folder, 'future.duckdb')
  await keep(path, [...dayOf(0), { ...dayOf(0)[0], timestamp: '2099-01-01T00:00:00Z', request_id: 'req_late' }])
  expect(await forgetBefore(path, '2026-06-02')).toMatchObject({ inputs: 1, requests: ACCOUNTS + 1 })
})

test.each([
  ['case.json', '{'],
  ['case.json', '{"version":1}'],
  ['base.parquet', 'no parquet'],
])('an exported case whose %s is damaged is told as such', async (file, content) => {
  const [path, out] = [join(folder, 'whole.duckdb'), join(folder, `export-${next}`)]
  await keep(path, dayOf(next))
  await exportCase(path, out)
  writeFileSync(join(out, file), content)
  await expect(importCase(out, join(folder, `import-${next}.duckdb`))).rejects.toMatchObject({
    code: 'CASE_UNREADABLE',
    message: expect.stringContaining(`'${file}' of the exported case`),
  })
})
