import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { fromFiles, fromTables, type Reading } from './both.ts'
import { type Chdb, chdbMissing, openChdb } from './chdb.ts'

/** What the tests of one file share: ClickHouse in this process, and a folder. */
export interface InProcess {
  readonly chdb: Chdb
  readonly folder: string
}

/** To be called once in a file of tests; what it gives is filled before the first of them. */
export function inProcess(): InProcess {
  const shared = {} as { chdb: Chdb; folder: string }
  beforeAll(() => {
    if (chdbMissing !== null) return
    shared.chdb = openChdb()
    shared.folder = mkdtempSync(join(tmpdir(), 'distill-scan-tables-'))
  })
  afterAll(async () => {
    if (chdbMissing !== null) return
    await shared.chdb.close()
    rmSync(shared.folder, { recursive: true, force: true })
  })
  return shared
}

export const here = ({ chdb }: InProcess) => ({ url: 'http://in-process', connection: chdb.connection })

let files = 0

/** What the server itself writes of a table, as a file. */
export async function exported(at: InProcess, table: string, columns = '*', where = '1'): Promise<string> {
  const path = join(at.folder, `${table}-${++files}.ndjson`)
  const rows = await at.chdb.rows(
    `SELECT ${columns} FROM ${table} WHERE ${where} SETTINGS date_time_output_format = 'iso'`,
  )
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return path
}

export async function expectSame(at: InProcess, path: string, table: string, reading: Reading = {}): Promise<void> {
  const files = await fromFiles([path], [], reading)
  expect(files.tables.accounts.count).toBeGreaterThan(5)
  expect((await fromTables({ ...here(at), table }, [], reading)).seen).toEqual(files)
}

/** Instants of some days, in milliseconds. */
export const MS = 'toInt64(1780272000000 + number * 7654321 % 600000000)'

/** Columns that are the same in most tables. */
export const COMMON = `concat('acct_', toString(number % 40)) AS account_id, concat('198.51.', toString(number % 7), '.', toString(number % 5)) AS ip,
  concat('device ', toString(number % 13)) AS device_fingerprint, toUInt32(number % 900) AS output_tokens`
