import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forgetBefore } from '../../src/casefile/forget.ts'
import { withCase } from '../../src/casefile/open-case.ts'
import { summarizeCase } from '../../src/casefile/summary.ts'
import { exportCase, importCase } from '../../src/casefile/transfer.ts'
import { scan } from '../../src/scan.ts'
import { toNdjson } from '../evidence/collect.ts'

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-case-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string): string => join(folder, name)

/** Three accounts that share a device and a template, by day; each day has a value that no other has. */
function night(day: number): string {
  const path = file(`night-${day}.ndjson`)
  const rows = Array.from({ length: 60 }, (_, i) => ({
    timestamp: new Date(Date.UTC(2026, 5, day, i % 24, i)).toISOString(),
    account_id: `acct_${day}_${i % 3}`,
    request_id: `req_${day}_${i}`,
    device_fingerprint: `device-of-day-${day}`,
    ip: `198.51.100.${day}`,
    model: 'm',
    output_tokens: 10,
  }))
  writeFileSync(path, toNdjson(rows))
  return path
}

const keep = (caseFile: string, ...inputs: readonly string[]) => scan({ inputs, caseFile, config: { threads: 1 } })
const contents = async (path: string) => {
  const { bytes: _, path: __, ...rest } = await summarizeCase(path)
  return rest
}

describe('a case', () => {
  const path = file('case.duckdb')
  beforeAll(async () => {
    for (const day of [1, 2, 3]) await keep(path, night(day))
  })

  test('counts its scans, and holds sums', async () => {
    const summary = await summarizeCase(path)
    expect([summary.scans, summary.requests, summary.accounts]).toEqual([3, 180, 9])
    expect(summary.days).toEqual({ from: '2026-06-01', to: '2026-06-03' })
    expect(summary.rows.recent_id).toBe(120) // of the newest two days, 60 a day
  })

  test('a file that was read before adds nothing, under whatever name, and the report says so', async () => {
    const before = await contents(path)
    copyFileSync(night(3), file('again.ndjson'))
    const result = await keep(path, file('again.ndjson'))
    expect(result.case?.known.map(({ path: name, earlierPath }) => [name, earlierPath])).toEqual([
      [file('again.ndjson'), file('night-3.ndjson')],
    ])
    expect(await contents(path)).toEqual(before)
  })

  test('forgetting drops whole days, and their bytes', async () => {
    const own = file('forget.duckdb')
    copyFileSync(path, own)
    expect(readFileSync(own).includes('device-of-day-1')).toBe(true)
    expect(await forgetBefore(own, '2026-06-02')).toEqual({ requests: 60, accounts: 3, inputs: 1 })
    const bytes = readFileSync(own)
    for (const gone of ['device-of-day-1', 'acct_1_0', '198.51.100.1\0']) expect(bytes.includes(gone), gone).toBe(false)
    for (const kept of ['device-of-day-2', 'acct_3_0']) expect(bytes.includes(kept), kept).toBe(true)
    expect((await summarizeCase(own)).days).toEqual({ from: '2026-06-02', to: '2026-06-03' })
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('what is exported and imported is the same', async () => {
    await exportCase(path, file('exported'))
    await importCase(file('exported'), file('imported.duckdb'))
    expect(await contents(file('imported.duckdb'))).toEqual(await contents(path))
    await expect(exportCase(path, file('exported'))).rejects.toThrow('is not empty')
    await expect(importCase(file('exported'), path)).rejects.toThrow('is there already')
  })
})

describe('what is no case', () => {
  test.each([
    ['is not there', () => {}, 'there is no case'],
    [
      'is no database',
      (path: string) => writeFileSync(path, 'hello, world'.repeat(10_000)),
      'is no case, or a damaged one',
    ],
  ])('%s', async (name, make, message) => {
    const path = file(`${name}.duckdb`)
    make(path)
    await expect(summarizeCase(path)).rejects.toThrow(message)
  })

  test('one of a later version is refused with the way out', async () => {
    const path = file('later.duckdb')
    await keep(path, night(1))
    await withCase(path, async (connection) => {
      await connection.run("UPDATE kept.meta SET value = '99' WHERE name = 'version'")
    })
    await expect(keep(path, night(2))).rejects.toMatchObject({
      code: 'CASE_UNREADABLE',
      hint: expect.stringContaining('case export'),
    })
  })

  test('one of an earlier version gets what has come since', async () => {
    const path = file('earlier.duckdb')
    await keep(path, night(1))
    await withCase(path, async (connection) => {
      await connection.run('ALTER TABLE kept.base DROP COLUMN user_agent')
      await connection.run('DROP TABLE kept.order_finding')
    })
    await keep(path, night(2))
    expect((await summarizeCase(path)).requests).toBe(120)
  })

  test('a scan that fails adds nothing, and the next one begins with nothing', async () => {
    writeFileSync(file('bad.ndjson'), '{"nothing": 1}\n')
    await expect(keep(file('never.duckdb'), file('bad.ndjson'))).rejects.toThrow()
    await keep(file('never.duckdb'), night(1))
    expect((await summarizeCase(file('never.duckdb'))).scans).toBe(1)
  })

  test('a report that could not be written is no night', async () => {
    const path = file('unwritten.duckdb')
    const full = async (): Promise<void> => {
      throw new Error('the disk is full')
    }
    await expect(scan({ inputs: [night(1)], caseFile: path, beforeKept: full })).rejects.toThrow('the disk is full')
    expect((await keep(path, night(1))).case).toMatchObject({ scan: 1, known: [] })
  })

  test('an incomplete night is reported and not kept', async () => {
    const path = file('incomplete.duckdb')
    writeFileSync(file('half.ndjson'), `${readFileSync(night(1), 'utf8')}${'{broken\n'.repeat(60)}`)
    expect((await keep(path, file('half.ndjson'))).networks.length).toBeGreaterThanOrEqual(0)
    expect((await summarizeCase(path)).scans).toBe(0)
  })

  test('an export without addresses and prompts has no fast fields', async () => {
    const path = file('slow.duckdb')
    const row = (i: number) => ({ timestamp: '2026-06-01T10:00:00Z', account_id: `a${i}`, device_fingerprint: 'd' })
    writeFileSync(file('slow.ndjson'), toNdjson([row(1), row(2)]))
    await keep(path, file('slow.ndjson'))
    const { totals } = await keep(path, night(2))
    expect(totals.requests).toBe(62)
  })
})

describe('other runs', () => {
  const bin = 'bin/distill-scan.js'

  test('while one has the case, another refuses with a clear line', async () => {
    const path = file('busy.duckdb')
    await keep(path, night(1))
    await withCase(path, async () => {
      const { status, stderr } = spawnSync(process.execPath, [bin, night(2), '--case', path], { encoding: 'utf8' })
      expect(status).toBe(2)
      expect(stderr).toMatch(/is in use by another run \(process \d+\)\n {2}Wait for it to end/)
    })
  })
})
