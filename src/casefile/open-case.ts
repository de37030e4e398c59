import { existsSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import { ScanError } from '../errors.ts'
import { attachCase } from '../evidence/duckdb/case-attach.ts'
import { caseDiskFull, isDiskFull } from '../evidence/duckdb/disk-full.ts'
import { loadDuckDb } from '../evidence/duckdb/load-duckdb.ts'
import { noCase } from './no-case.ts'

/**
 * Opens a case that is there, for the time of `work`.
 *
 * @throws ScanError CASE_UNREADABLE for a file that is missing or no case, CASE_BUSY while another run has it, OUT_OF_DISK
 */
export async function withCase<T>(path: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  if (!existsSync(path)) throw noCase(path)
  return await opened(path, work)
}

/** The same for a file that is made. @throws ScanError CASE_UNREADABLE */
export const makeCase = <T>(path: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> =>
  opened(path, work)

async function opened<T>(path: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await (await loadDuckDb()).DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    await attachCase(connection, path)
    return await work(connection)
  } catch (error) {
    throw isDiskFull(error) && !(error instanceof ScanError) ? caseDiskFull(path, error) : error
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** The rows of a query, each as an object with numbers for whole numbers. */
export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
): Promise<Record<string, string | number | boolean | null>[]> {
  const reader = await connection.runAndReadAll(sql)
  return reader
    .getRowObjects()
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'bigint' ? Number(value) : (value as string | number | boolean | null),
        ]),
      ),
    )
}
