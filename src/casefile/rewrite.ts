import { chmod, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { ScanError } from '../errors.ts'
import { BLOCK_BYTES } from '../evidence/duckdb/case-attach.ts'
import { CASE } from '../evidence/duckdb/case-tables.ts'
import { caseDiskFull, isDiskFull } from '../evidence/duckdb/disk-full.ts'
import { literal } from '../evidence/duckdb/sql.ts'
import { withCase } from './open-case.ts'

/**
 * Changes a case and writes it anew: a database keeps the bytes of deleted rows, a new file has only what is left. The new
 * file is whole and on the disk before it takes the name of the old one; until then the old one is untouched.
 *
 * @param change runs on a copy, attached under the name {@link CASE}
 * @throws ScanError CASE_BUSY, CASE_UNREADABLE, OUT_OF_DISK
 */
export async function rewriteCase<T>(given: string, change: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const path = await realpath(given).catch(() => given) // a link keeps pointing where it points
  // Of a fixed name: the lock lets one rewrite at it, and what a killed one left is removed. Nobody else may look into it.
  const folder = join(dirname(path), `.${basename(path)}.rewrite.tmp`)
  const [copy, compact] = [join(folder, 'copy.duckdb'), join(folder, 'compact.duckdb')]
  // The lock of the old file is held from the first read to the rename: no scan can add to it in between.
  return await withCase(path, async (connection) => {
    await rm(folder, { recursive: true, force: true })
    try {
      await mkdir(folder, { mode: 0o700 })
      await connection.run(`CHECKPOINT ${CASE}`)
      await copyDatabase(connection, CASE, copy)
      const answer = await withCase(copy, async (own) => {
        const changed = await change(own)
        await copyDatabase(own, CASE, compact)
        return changed
      })
      await chmod(compact, (await stat(path)).mode & 0o777)
      await syncFile(compact)
      await rename(compact, path)
      await syncFile(dirname(path))
      return answer
    } catch (error) {
      // Named as it was given, not the copy.
      const isFull = isDiskFull(error) || (error instanceof ScanError && error.code === 'OUT_OF_DISK')
      throw isFull ? caseDiskFull(given, error) : error
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}

async function copyDatabase(connection: DuckDBConnection, from: string, path: string): Promise<void> {
  await connection.run(`ATTACH ${literal(path)} AS copy_of_case (BLOCK_SIZE ${BLOCK_BYTES})`)
  await connection.run(`COPY FROM DATABASE ${from} TO copy_of_case`)
  await connection.run('CHECKPOINT copy_of_case')
  await connection.run('DETACH copy_of_case')
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
