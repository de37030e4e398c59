import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { ScanError } from '../errors.ts'
import { CASE, CASE_TABLES, CASE_VERSION, type CaseTable, caseColumns } from '../evidence/duckdb/case-tables.ts'
import { isDiskFull } from '../evidence/duckdb/disk-full.ts'
import { literal } from '../evidence/duckdb/sql.ts'
import { printable } from '../sources/printable.ts'
import { makeCase, withCase } from './open-case.ts'

const TABLES = Object.keys(CASE_TABLES) as readonly CaseTable[]
const MANIFEST = 'case.json'

/**
 * Writes a case as a folder of Parquet files, one per table: to move it to another version, machine or program.
 *
 * @param folder is made, and must be empty if it is there
 * @throws ScanError USAGE, CASE_BUSY, CASE_UNREADABLE, OUT_OF_DISK, and then the folder is as it was
 */
export async function exportCase(path: string, folder: string): Promise<void> {
  const isThere = existsSync(folder)
  const present = isThere ? await readdir(folder) : []
  if (present.length > 0)
    throw new ScanError('USAGE', `the folder '${printable(folder)}' is not empty`, 'Name a new folder.')
  await withCase(path, async (connection) => {
    try {
      await mkdir(folder, { recursive: true })
      await writeTables(connection, folder)
    } catch (error) {
      const files = [MANIFEST, ...TABLES.map((table) => `${table}.parquet`)]
      for (const file of files) await rm(join(folder, file), { force: true }) // half an export would stand in the way
      if (!isThere) await rm(folder, { recursive: true, force: true })
      throw isDiskFull(error) ? folderFull(folder, error) : error
    }
  })
}

async function writeTables(connection: DuckDBConnection, folder: string): Promise<void> {
  for (const table of TABLES) {
    await connection.run(
      `COPY (SELECT ${caseColumns(table).join(', ')} FROM ${CASE}.${table}) TO ${literal(join(folder, `${table}.parquet`))} (FORMAT parquet)`,
    )
  }
  await writeFile(
    join(folder, MANIFEST),
    `${JSON.stringify({ tool: 'distill-scan', version: CASE_VERSION, tables: TABLES })}\n`,
  )
}

const folderFull = (folder: string, cause: unknown): ScanError =>
  new ScanError(
    'OUT_OF_DISK',
    `the disk of the folder '${printable(folder)}' is full`,
    'Free some space there, or name a folder elsewhere.',
    { cause },
  )

/**
 * Makes a case of what {@link exportCase} wrote.
 *
 * @param path must not be there yet
 * @throws ScanError USAGE for a folder that is no exported case, CASE_UNREADABLE, OUT_OF_DISK
 */
export async function importCase(folder: string, path: string): Promise<void> {
  if (existsSync(path))
    throw new ScanError(
      'USAGE',
      `'${printable(path)}' is there already`,
      'Name a new file: an import never writes over a case.',
    )
  const manifest = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null)
  if (manifest === null)
    throw new ScanError(
      'USAGE',
      `'${printable(folder)}' is no exported case: it has no ${MANIFEST}`,
      'Name a folder that distill-scan case export wrote.',
    )
  const { version, tables } = parseManifest(manifest, folder)
  if (!(version <= CASE_VERSION))
    throw new ScanError(
      'CASE_UNREADABLE',
      `'${printable(folder)}' was exported by a later version (layout ${version})`,
      'Import it with that version.',
    )
  try {
    await makeCase(path, async (connection) => {
      await connection.run('BEGIN TRANSACTION')
      for (const table of TABLES) {
        await connection.run(`DELETE FROM ${CASE}.${table}`)
        if (tables.includes(table)) await importTable(connection, folder, table)
      }
      await connection.run('COMMIT')
      await connection.run(`CHECKPOINT ${CASE}`)
    })
  } catch (error) {
    for (const file of [path, `${path}.wal`]) await rm(file, { force: true }) // half a case would stand in the way of the next try
    throw error
  }
}

/** The layout of an export, and the tables it has: those that a later version added are not among them. */
function parseManifest(text: string, folder: string): { readonly version: number; readonly tables: readonly string[] } {
  try {
    const { version, tables } = JSON.parse(text) as { version?: unknown; tables?: unknown }
    if (typeof version === 'number' && Array.isArray(tables)) return { version, tables: tables.map(String) }
  } catch (error) {
    throw damaged(folder, MANIFEST, error)
  }
  throw damaged(folder, MANIFEST)
}

async function importTable(connection: DuckDBConnection, folder: string, table: CaseTable): Promise<void> {
  const file = `${table}.parquet`
  try {
    await connection.run(
      `INSERT INTO ${CASE}.${table} BY NAME SELECT * FROM read_parquet(${literal(join(folder, file))})`,
    )
  } catch (error) {
    throw isDiskFull(error) ? error : damaged(folder, file, error)
  }
}

const damaged = (folder: string, file: string, cause?: unknown): ScanError =>
  new ScanError(
    'CASE_UNREADABLE',
    `'${file}' of the exported case '${printable(folder)}' is damaged or missing`,
    'Export the case again, or restore the folder from a copy.',
    { cause },
  )
