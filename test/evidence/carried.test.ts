import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { ScanError } from '../../src/errors.ts'
import { type Carried, type FastField, NOTHING_CARRIED } from '../../src/evidence/duckdb/carried.ts'
import { mixSql } from '../../src/evidence/duckdb/derive.ts'
import { runFastSteps } from '../../src/evidence/duckdb/fast-steps.ts'
import { groupHoursSql } from '../../src/evidence/duckdb/hours.ts'
import { FILE_STEPS } from '../../src/evidence/duckdb/log-steps.ts'
import { baseSql, partOf } from '../../src/evidence/duckdb/pass-one.ts'
import { openSession, type Session } from '../../src/evidence/duckdb/session.ts'
import type { MappedSource } from '../../src/evidence/engine.ts'
import type { Source } from '../../src/sources/source.ts'
import { toNdjson } from './collect.ts'

/** What the base step carries along gives the same rows as a reading of the log for it. */

const folder = mkdtempSync(join(tmpdir(), 'carried-'))
const path = join(folder, 'log.ndjson')
let session: Session

beforeAll(async () => {
  writeFileSync(path, '')
  session = await openSession({ config: resolveConfig({}), tempDirectory: folder }, [path])
})
afterAll(async () => {
  await session.close()
  rmSync(folder, { recursive: true, force: true })
})

const FIELDS = ['account_id', 'timestamp', 'model', 'ip', 'prompt_hash', 'signature_hash', 'request_id']
const FAST = ['ip', 'prompt_hash', 'signature_hash']
const log: MappedSource = {
  source: { path, role: 'log', container: 'ndjson', compression: 'none' } as Source,
  mapping: {
    fields: Object.fromEntries(FIELDS.map((field) => [field, [{ column: field, path: [], index: 0 }]])),
  } as unknown as MappedSource['mapping'],
}

const START = 1_780_272_000_000
const odd = fc.constantFrom('', '%', '%25', '%1e', '\u001e', 'a\u001eb', '%%1e\u001e', '\u001f', '文', 'x'.repeat(40))
const row = fc.record(
  {
    account_id: fc.constantFrom('a', 'b', 'ä', 'c\u001e'),
    timestamp: fc.oneof(fc.integer({ min: START, max: START + 4 * 86_400_000 }), fc.constantFrom('soon', null)),
    model: fc.constantFrom('m', 'n', "o'dd", ' m', 'null', null),
    ip: fc.constantFrom(
      '192.0.2.1',
      '192.0.2.9',
      '198.51.100.7',
      '2001:db8::5',
      '203.0.113.1, 10.0.0.1',
      'host=bücher.example;for=192.0.2.43',
      '-',
      null,
    ),
    prompt_hash: fc.oneof(odd, fc.constantFrom(null, 'p', 'q', 'r', 's', 't')),
    signature_hash: fc.oneof(odd, fc.constant(null)),
    request_id: fc.oneof(odd, fc.string({ unit: 'grapheme', maxLength: 4 })),
  },
  { requiredKeys: [] },
)

/** Rows of `fast`, and hours and models of all, as text. */
async function read(carried: Carried, parts = 1): Promise<readonly string[]> {
  await session.run('test', 'DROP TABLE IF EXISTS base')
  await session.run('test', 'DROP TABLE IF EXISTS fast')
  for (let number = 0; number < parts; number++) {
    await session.run('test', baseSql([log], ['model'], new Set(FIELDS), carried, partOf(number, parts)))
  }
  await runFastSteps(session, FILE_STEPS, { logs: [log], fast: FAST, present: new Set(FIELDS), past: null, carried })
  const columns = 'account_raw, ip_block, prompt_hash, signature_hash, request_id, requests, first_ms, last_ms'
  // Why a record is rejected depends on the fields that are read: one without any of them is taken for a broken line.
  // A sole address is one of a block; what other rows have there nobody reads.
  const sole = 'CASE WHEN ip_block IS NOT NULL THEN ip_address END AS ip_address'
  const rows: string[] = []
  const take = (all: readonly unknown[][], count: number): void => {
    for (let n = 0; n < count; n++) rows.push(all.map((column) => String(column[n])).join('|'))
  }
  await session.each('test', `SELECT ${columns}, ${sole} FROM fast`, take)
  await session.each('test', "SELECT 'records', reject IS NULL, sum(requests)::INTEGER FROM base GROUP BY ALL", take)
  await session.run('test', 'CREATE OR REPLACE TEMP TABLE candidate AS SELECT NULL::VARCHAR AS account_raw, 1 AS grp')
  await session.each('test', groupHoursSql, take)
  await session.each('test', mixSql('model'), take)
  return rows.sort()
}

const carriedFields: readonly FastField[] = ['prompt_hash', 'signature_hash', 'request_id'].map((field) => ({
  ...{ field, keepOneIn: 1 },
}))

describe('what the base step carries', () => {
  test('is what a reading for it gives: any rows, any values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (rows) => {
        writeFileSync(path, toNdjson(rows))
        const apart = await read(NOTHING_CARRIED)
        expect(await read({ hasBlocks: true, values: carriedFields })).toEqual(apart)
        expect(await read({ hasBlocks: false, values: carriedFields.slice(0, 1) })).toEqual(apart)
        expect(await read(NOTHING_CARRIED, 3), 'accounts in three parts').toEqual(apart)
      }),
      { numRuns: 10 },
    )
  })

  test('is read apart where it was thinned too much', async () => {
    writeFileSync(
      path,
      toNdjson(Array.from({ length: 50 }, (_, n) => ({ account_id: 'a', timestamp: START, prompt_hash: `p${n}` }))),
    )
    const thinned = { hasBlocks: true, values: [{ field: 'prompt_hash', keepOneIn: 8 }] }
    expect(await read(thinned)).toEqual(await read(NOTHING_CARRIED))
  })

  test('tells the hours: three requests from 00:00, one at 23:59 of the next day', async () => {
    const at = [0, 1, 3_599_999, 2 * 86_400_000 - 1].map((ms) => ({ account_id: 'a', timestamp: START + ms }))
    writeFileSync(path, toNdjson(at))
    const hour = START / 3_600_000
    const rows = await read({ hasBlocks: true, values: carriedFields })
    expect(rows).toEqual([`0|${hour + 47}|1`, `0|${hour}|3`, 'records|true|4'].sort())
  })
})

test('a part that fails is read again with those before it, and nothing counts twice', async () => {
  writeFileSync(
    path,
    toNdjson(Array.from({ length: 40 }, (_, n) => ({ account_id: `a${n % 9}`, timestamp: START + n }))),
  )
  await session.run('test', 'DROP TABLE IF EXISTS base')
  const readings: string[] = []
  const short = {
    ...session,
    run: async (step: string, sql: string) => {
      const isPart = readings.length > 0 && sql.includes('% 2 = 1')
      if (step === 'reading' && readings.push(sql) && (readings.length === 1 || isPart))
        throw new ScanError('OUT_OF_MEMORY', 'full', 'Take more.')
      await session.run(step, sql)
    },
  } as Session
  const bare = { ...log, source: { ...log.source, sample: [], bytes: 0, expansion: 1 } as unknown as Source }
  const mapping = { fields: { account_id: log.mapping.fields.account_id, timestamp: log.mapping.fields.timestamp } }
  await FILE_STEPS.runBase(short, [{ ...bare, mapping: mapping as unknown as MappedSource['mapping'] }], [], new Set())
  expect(readings).toHaveLength(1 + 2 + 4)
  expect(await session.scalar('test', 'SELECT sum(requests)::DOUBLE FROM base')).toBe(40)
})

test('where memory runs out, what is carried is given up first, and then accounts are taken in parts', async () => {
  const readings: string[] = []
  const stub = {
    memoryMiB: 600,
    run: async (step: string, sql: string) => {
      if (step !== 'reading') return
      readings.push(sql)
      throw new ScanError('OUT_OF_MEMORY', 'full', 'Take more.')
    },
    scalar: async () => 1,
  } as unknown as Session
  const read = async (logs: readonly MappedSource[]): Promise<readonly string[]> => {
    readings.length = 0
    const reading = FILE_STEPS.runBase(stub, logs, [], new Set(FIELDS))
    await expect(reading).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' })
    return readings
  }
  const partOf = (sql: string): string => /WHERE hash\(account_id\) (% \d+ = \d+)/.exec(sql)?.[1] ?? 'all'
  const inParts = ['% 2 = 0', '% 4 = 0', '% 8 = 0', '% 16 = 0']
  const sample = [{ account_id: 'a', timestamp: '1780272000000', ip: '192.0.2.1', prompt_hash: 'p' }]
  const small = { ...log, source: { ...log.source, sample, bytes: 1000, expansion: 1 } as unknown as Source }
  const [all, withoutValues, ...rest] = await read([small])
  expect([all, withoutValues, rest[0]].map((sql) => /kept_prompt_hash/.test(sql!))).toEqual([true, false, false])
  expect([all, withoutValues, rest[0]].map((sql) => /AS ip_block/.test(sql!))).toEqual([true, true, false])
  expect([all!, withoutValues!, ...rest].map(partOf)).toEqual(['all', 'all', 'all', ...inParts])
  const bare = { ...log, mapping: { fields: { account_id: [], timestamp: [] } } as unknown as MappedSource['mapping'] }
  expect((await read([{ ...bare, source: small.source }])).map(partOf)).toEqual(['all', ...inParts])
})
