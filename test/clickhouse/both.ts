import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { collectCarefully } from '../../src/collect.ts'
import { type Config, resolveConfig } from '../../src/config.ts'
import { createClickHouseEngine } from '../../src/evidence/clickhouse/engine.ts'
import type { ClickHouseOptions } from '../../src/evidence/clickhouse/options.ts'
import { openRemote } from '../../src/evidence/clickhouse/remote.ts'
import { openTables } from '../../src/evidence/clickhouse/tables.ts'
import { createDuckDbEngine } from '../../src/evidence/duckdb/engine.ts'
import type { EvidenceEngine } from '../../src/evidence/engine.ts'
import { prepareInputs, requireReadable } from '../../src/prepare.ts'
import { createHasher } from '../../src/sources/hash.ts'
import type { Source } from '../../src/sources/source.ts'
import { openSpool } from '../../src/sources/spool.ts'

export interface Reading {
  readonly map?: Readonly<Record<string, string>>
  readonly config?: Partial<Config>
}

export interface Traffic {
  readonly rows: number
  readonly bytes: number
}

/** All that an engine says of the records: the evidence, the second reading of two groups, the events of some accounts. */
export async function fromFiles(inputs: readonly string[], accounts: readonly string[], reading: Reading = {}) {
  return read(reading, { inputs, accounts }, [], (config, directory) =>
    Promise.resolve(createDuckDbEngine({ config, tempDirectory: directory })),
  )
}

export async function fromTables(options: ClickHouseOptions, accounts: readonly string[] = [], reading: Reading = {}) {
  const remote = await openRemote(options)
  const tables = await openTables(remote, options)
  const seen = await read(
    reading,
    { inputs: [], accounts },
    tables.map(({ source }) => source),
    async (config, tempDirectory) =>
      createClickHouseEngine({
        config,
        tempDirectory,
        remote,
        tables,
        ...(options.window ? { window: options.window } : {}),
      }),
  )
  return { seen, traffic: { ...remote.traffic } }
}

async function read(
  { map = {}, config: given = {} }: Reading,
  files: { readonly inputs: readonly string[]; readonly accounts: readonly string[] },
  tables: readonly Source[],
  engineOf: (config: Config, directory: string) => Promise<EvidenceEngine>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-both-'))
  const spool = openSpool(folder)
  const hasher = createHasher()
  const config = resolveConfig({ threads: 2, ...given })
  const engine = await engineOf(config, spool.directory)
  try {
    const how = { config, stdin: Readable.from([]), signal: undefined, spool, hasher, map, tables }
    const prepared = await prepareInputs({ ...files, ...how })
    requireReadable(prepared)
    const { evidence, ledgers } = await collectCarefully(engine, prepared)
    const { count } = evidence.tables.accounts
    const groupOf = Int32Array.from({ length: count }, (_, n) => (n % 5 < 2 ? (n % 5) + 1 : 0))
    const activity = await engine.readActivity(groupOf, 3)
    const watched = Int32Array.from({ length: count }, (_, n) => n).filter((n) => n % 3 === 0)
    const events = await engine.readEvents(watched)
    return {
      tables: evidence.tables,
      fields: [...evidence.fieldsPresent].sort(),
      duplicates: evidence.duplicates,
      hours: evidence.hours,
      notes: evidence.notes,
      joins: evidence.joins,
      records: ledgers.map(({ records }) => records),
      rejected: ledgers.map(({ rejects }) => Object.fromEntries([...rejects.reasons].sort())),
      activity: activity.map(({ hours, ...rest }) => ({ ...rest, hours: [...hours].sort(([a], [b]) => a - b) })),
      events,
    }
  } finally {
    await Promise.allSettled([engine.close(), hasher.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes rows as NDJSON into a folder. */
export function writeRows(folder: string, name: string, rows: readonly object[]): string {
  const path = join(folder, name)
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return path
}
