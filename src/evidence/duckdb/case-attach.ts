import { existsSync, rmSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import { ScanError } from '../../errors.ts'
import { printable } from '../../sources/printable.ts'
import { engineRowsSql } from './case-engine.ts'
import { CASE, CASE_VERSION, caseSchemaSql } from './case-tables.ts'
import { caseDiskFull, isDiskFull } from './disk-full.ts'
import { literal } from './sql.ts'

/** The least that the engine takes: every column of every table fills blocks of its own, and there are over a hundred. */
export const BLOCK_BYTES = 16_384

/**
 * Opens a case beside the session's own database, and makes it if the file is not there or empty. Another process that has
 * it open keeps this one out.
 *
 * @returns the paths that the engine must be allowed to write from now on
 * @throws ScanError CASE_BUSY, CASE_UNREADABLE, OUT_OF_DISK, and then no file is left that was not there
 */
export async function attachCase(connection: DuckDBConnection, path: string): Promise<readonly string[]> {
  const isThere = existsSync(path)
  try {
    return await attach(connection, path, isThere ? '' : `, BLOCK_SIZE ${BLOCK_BYTES}`)
  } catch (error) {
    if (!isDiskFull(error)) throw error
    if (!isThere) for (const file of [path, `${path}.wal`]) rmSync(file, { force: true })
    throw caseDiskFull(path, error)
  }
}

async function attach(connection: DuckDBConnection, path: string, how: string): Promise<readonly string[]> {
  try {
    await connection.run(`ATTACH ${literal(path)} AS ${CASE} (TYPE duckdb${how})`)
  } catch (error) {
    throw attachError(error, path)
  }
  await checkVersion(connection, path)
  for (const sql of caseSchemaSql(CASE)) await connection.run(sql)
  const isNew = (await connection.runAndReadAll(`SELECT 1 FROM ${CASE}.meta LIMIT 1`)).currentRowCount === 0
  if (isNew) for (const sql of engineRowsSql) await connection.run(sql)
  await connection.run(
    `INSERT INTO ${CASE}.meta SELECT 'version', '${CASE_VERSION}' WHERE NOT EXISTS (SELECT 1 FROM ${CASE}.meta WHERE name = 'version')`,
  )
  return [path, `${path}.wal`, `${path}.tmp`]
}

async function checkVersion(connection: DuckDBConnection, path: string): Promise<void> {
  const tables = await connection.runAndReadAll(
    `SELECT table_name FROM duckdb_tables() WHERE database_name = '${CASE}'`,
  )
  const names = tables.getRows().map(([name]) => String(name))
  if (names.length === 0) return
  const name = printable(path)
  if (!names.includes('meta')) {
    throw new ScanError(
      'CASE_UNREADABLE',
      `'${name}' is a database, but no case`,
      'Name another file: a case is made where there is none.',
    )
  }
  const rows = await connection.runAndReadAll(`SELECT value FROM ${CASE}.meta WHERE name = 'version'`)
  const version = Number(rows.getRows()[0]?.[0] ?? 0)
  if (version <= CASE_VERSION) return
  const hint = 'Use that version, or move the evidence: distill-scan case export with it, case import with this one.'
  throw new ScanError(
    'CASE_UNREADABLE',
    `'${name}' was written by a later version of distill-scan (layout ${version}, this one knows ${CASE_VERSION})`,
    hint,
  )
}

function attachError(error: unknown, path: string): unknown {
  const text = error instanceof Error ? error.message : String(error)
  const name = printable(path)
  if (isDiskFull(error)) return error
  const [, pid] = /PID (\d+)/u.exec(text) ?? []
  if (/lock/iu.test(text)) {
    const who = pid === undefined ? 'another run' : `another run (process ${pid})`
    return new ScanError(
      'CASE_BUSY',
      `the case '${name}' is in use by ${who}`,
      'Wait for it to end, then run this again; no scan of it was begun.',
      { cause: error },
    )
  }
  if (/not a valid DuckDB database|Serialization|corrupt|checksum|storage version|magic bytes/iu.test(text)) {
    return new ScanError(
      'CASE_UNREADABLE',
      `'${name}' is no case, or a damaged one`,
      'Name another file, or restore it from a copy.',
      { cause: error },
    )
  }
  if (/IO Error|Permission|No such file|Cannot open/iu.test(text)) {
    return new ScanError(
      'CASE_UNREADABLE',
      `cannot open the case '${name}'`,
      'Name a file in a folder you may write to.',
      { cause: error },
    )
  }
  return error
}
