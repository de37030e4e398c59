import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { ScanError } from '../../src/errors.ts'
import { runBase } from '../../src/evidence/duckdb/read-base.ts'
import { openSession, type Session } from '../../src/evidence/duckdb/session.ts'
import type { MappedSource } from '../../src/evidence/engine.ts'
import type { Source } from '../../src/sources/source.ts'
import { toNdjson } from './collect.ts'

/** Timestamps that are numbers, but for a few: what is read again, and that every record counts once. */

const folder = mkdtempSync(join(tmpdir(), 'read-base-'))
const path = join(folder, 'log.ndjson')
let session: Session

const START = 1_780_272_000_000
const numeric = Array.from({ length: 300 }, (_, i) => ({
  account_id: `a${i % 5}`,
  timestamp: START + i * 60_000,
  model: `m${i % 2}`,
  ip: `192.0.2.${i % 9}`,
  prompt_hash: `p${i % 4}`,
}))
const others = [
  { account_id: 'a0', timestamp: '2026-06-01T00:00:00Z', model: 'm0', ip: '192.0.2.0', prompt_hash: 'p0' }, // of a group that is there
  { account_id: 'a1', timestamp: 'soon' },
  { account_id: 'a1', model: 'm1' },
  { timestamp: '2026-06-02T00:00:00Z', model: 'm1' },
  { account_id: 'late', timestamp: '2026-06-03T00:00:00+02:00' },
]
const FIELDS = ['account_id', 'timestamp', 'model', 'ip', 'prompt_hash']
const log = {
  source: {
    path,
    role: 'log',
    container: 'ndjson',
    compression: 'none',
    sample: numeric,
    bytes: 1,
  } as unknown as Source,
  mapping: { fields: Object.fromEntries(FIELDS.map((field) => [field, [{ column: field, path: [], index: 0 }]])) },
} as unknown as MappedSource

beforeAll(async () => {
  writeFileSync(path, toNdjson([...numeric, ...others]))
  session = await openSession({ config: resolveConfig({}), tempDirectory: folder }, [path])
})
afterAll(async () => {
  await session.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The base step of a log as rows, and the readings that it took. */
async function read(logs: readonly MappedSource[], fails: (sql: string) => boolean = () => false) {
  await session.run('test', 'DROP TABLE IF EXISTS base')
  const readings: string[] = []
  const watched: Session = {
    ...session,
    run: async (step, sql) => {
      if (step === 'reading') readings.push(sql)
      if (fails(sql)) throw new ScanError('OUT_OF_MEMORY', 'too much', 'Give it more.')
      await session.run(step, sql)
    },
  }
  await runBase(watched, logs, ['model'], new Set(FIELDS))
  const rows: string[] = []
  // Of a reject nothing counts but its reason.
  const sql = `SELECT reject, sum(requests)::INTEGER, account_raw, day, model, bit_or(hour_mask)::INTEGER, min(first_ms)::DOUBLE, max(last_ms)::DOUBLE
      FROM base WHERE reject IS NULL GROUP BY reject, account_raw, day, model
    UNION ALL SELECT reject, sum(requests)::INTEGER, NULL, NULL, NULL, NULL, NULL, NULL FROM base WHERE reject IS NOT NULL GROUP BY reject`
  await session.each('test', sql, (columns, count) => {
    for (let n = 0; n < count; n++) rows.push(columns.map((column) => String(column[n])).join('|'))
  })
  return { rows: rows.sort(), readings }
}

/** The same log, of which nobody says that its timestamps are numbers. */
const asText = { ...log, source: { ...log.source, sample: [] } }

test('only the records with another timestamp are read again, and each counts once', async () => {
  const { rows, readings } = await read([log])
  const whole = await read([asText])
  expect(rows).toEqual(whole.rows)
  expect([readings.length, whole.readings.length]).toEqual([2, 1])
  expect(readings[1]).toMatch(/^INSERT INTO base/)
  expect(readings[1]).toContain('account_id IS NOT NULL AND')
})

test('not at all where every timestamp is a number', async () => {
  writeFileSync(path, toNdjson(numeric))
  expect((await read([log])).readings).toHaveLength(1)
  writeFileSync(path, toNdjson([...numeric, ...others]))
})

test('where these are so many that memory runs out, the log is read as text from the beginning', async () => {
  const { rows, readings } = await read(
    [log],
    (sql) => sql.startsWith('INSERT INTO base') && !sql.includes('hash(account_id)'),
  )
  expect(rows).toEqual((await read([asText])).rows)
  expect(readings.length).toBe(3)
})

test('and also where the accounts had to be taken in parts', async () => {
  let failures = 5 // what is carried is given up, then 2 parts
  const { rows, readings } = await read(
    [log],
    (sql) => sql.startsWith('CREATE TEMP TABLE base') && failures-- > 0 && !sql.includes('% 4'),
  )
  expect(rows).toEqual((await read([asText])).rows)
  expect(readings.some((sql) => sql.includes('hash(account_id) %'))).toBe(true)
})
