import { loadDuckDb } from './load-duckdb.ts'
import { literal } from './sql.ts'

export interface ParquetOptions {
  readonly memoryMiB: number
  readonly signal?: AbortSignal
}

/**
 * Writes a Parquet file again as NDJSON, zstd, one object a row in the order of the rows: nested columns as JSON, whole
 * numbers of any size exactly, timestamps as text with the zone that they have.
 *
 * @param to a path that does not exist
 * @throws the engine's own error, for a damaged file among others
 */
export async function parquetToNdjson(from: string, to: string, { memoryMiB, signal }: ParquetOptions): Promise<void> {
  const instance = await (await loadDuckDb()).DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMiB}MiB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const stop = (): void => connection.interrupt()
  signal?.addEventListener('abort', stop)
  try {
    await connection.run("SET TimeZone = 'UTC'")
    await connection.run(`SET allowed_paths = [${literal(from)}, ${literal(to)}]`)
    await connection.run('SET enable_external_access = false')
    await connection.run(`COPY (SELECT * FROM read_parquet([${literal(from)}], hive_partitioning=false))
      TO ${literal(to)} (FORMAT json, COMPRESSION zstd)`)
  } finally {
    signal?.removeEventListener('abort', stop)
    connection.closeSync()
    instance.closeSync()
  }
}
