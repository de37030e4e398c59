import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { summarizeCase } from '../../src/casefile/summary.ts'
import { scan } from '../../src/scan.ts'
import { writeRows } from './ring.ts'

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-ids-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The engine's own hash is one number for these two: it takes many pairs of texts that are built alike for one. */
const request = (account: string, at: string) => ({
  timestamp: `2026-06-01T${at}:00Z`,
  account_id: account,
  request_id: `req_20_${account}_0`,
})

test('requests with ids that are built alike are told apart', async () => {
  const caseFile = join(folder, 'case.duckdb')
  const keep = (name: string, rows: readonly object[]) =>
    scan({ inputs: [writeRows(folder, name, rows)], caseFile, config: { threads: 1 } })
  await keep('first.ndjson', [request('acct_s24', '10:00'), request('acct_s1', '12:00')])
  const { totals } = await keep('second.ndjson', [request('acct_s29', '11:00'), request('acct_s24', '10:00')])
  expect(totals.requests).toBe(3)
  expect((await summarizeCase(caseFile)).rows.recent_id).toBe(3)
})
