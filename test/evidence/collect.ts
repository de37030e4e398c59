import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { type Collected, collectCarefully } from '../../src/collect.ts'
import { type Config, resolveConfig } from '../../src/config.ts'
import { createDuckDbEngine } from '../../src/evidence/duckdb/engine.ts'
import type { LogSteps } from '../../src/evidence/duckdb/log-steps.ts'
import type { EvidenceEngine } from '../../src/evidence/engine.ts'
import type { AccountTable } from '../../src/evidence/tables.ts'
import { prepareInputs, type ReadingOptions, requireReadable } from '../../src/prepare.ts'
import { createHasher } from '../../src/sources/hash.ts'
import { openSpool } from '../../src/sources/spool.ts'

/** Name → content; an array of objects becomes NDJSON. */
export type Files = Readonly<Record<string, string | Uint8Array | readonly object[]>>

export interface CollectOptions {
  readonly logs: Files
  readonly accounts?: Files
  readonly map?: Readonly<Record<string, string>>
  readonly config?: Partial<Config>
  readonly reading?: Partial<ReadingOptions>
  readonly steps?: LogSteps
}

/** Evidence as a person would write it down. */
export interface Seen {
  readonly collected: Collected
  /** One object for each account, in the table's order. */
  readonly accounts: readonly Readonly<Record<string, unknown>>[]
  /** `field=value` of what two accounts or more hold → their ids, and requests that carried it. */
  readonly shared: Readonly<Record<string, readonly string[]>>
  /** Field → distinct values that each account holds, shared or not, in the table's order. */
  readonly held: Readonly<Record<string, readonly number[]>>
  /** `records`, rejects by reason and `file:line reason` of the first ones, over all inputs. */
  readonly records: number
  readonly rejected: Readonly<Record<string, number>>
  readonly rejects: readonly string[]
}

export const toNdjson = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** Writes the files to a folder of their own and reads them as a scan does: opening, mapping, collecting with care. */
export async function collect(
  options: CollectOptions,
  use: (seen: Seen, engine: EvidenceEngine) => void | Promise<void> = () => {},
): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-evidence-'))
  const spool = openSpool(folder)
  const hasher = createHasher()
  const config = resolveConfig({ threads: 2, ...options.config })
  const engine = createDuckDbEngine({ config, tempDirectory: spool.directory }, options.steps)
  try {
    const inputs = write(folder, options.logs)
    const accounts = write(folder, options.accounts ?? {})
    const stdin = Readable.from([])
    const reading = { inputs, accounts, map: options.map ?? {}, ...options.reading }
    const prepared = await prepareInputs({ ...reading, config, stdin, signal: undefined, spool, hasher })
    requireReadable(prepared)
    const collected = await collectCarefully(engine, prepared)
    const seen = await describe(collected, folder)
    await use(seen, engine)
    return seen
  } finally {
    await Promise.allSettled([engine.close(), hasher.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}

function write(folder: string, files: Files): string[] {
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    const isRows = Array.isArray(content)
    writeFileSync(path, isRows ? toNdjson(content) : (content as string | Uint8Array))
    return path
  })
}

async function describe(collected: Collected, folder: string): Promise<Seen> {
  const { tables } = collected.evidence
  const shared: Record<string, string[]> = {}
  for (let row = 0; row < tables.holdings.count; row++) {
    const value = tables.holdings.value[row]!
    const key = `${tables.fields[tables.values.field[value]!]!.name}=${tables.values.text[value]}`
    const holders = shared[key] ?? []
    shared[key] = [...holders, tables.accounts.ids[tables.holdings.account[row]!]!]
  }
  const rejected: Record<string, number> = {}
  const rejects: string[] = []
  for (const [i, { source }] of collected.plans.entries()) {
    const { rejects: log } = collected.ledgers[i]!
    for (const [reason, count] of log.reasons) rejected[reason] = (rejected[reason] ?? 0) + count
    const found = Array.from({ length: log.kept }, (_, n) => log.at(n)).sort((a, b) => a.at - b.at)
    rejects.push(...found.map(({ at, reason }) => `${source.name.slice(folder.length + 1)}:${at} ${reason}`))
  }
  return {
    collected,
    accounts: rowsOf(tables.accounts),
    shared,
    held: Object.fromEntries(tables.fields.map(({ name, valuesHeld }) => [name, [...valuesHeld]])),
    records: collected.ledgers.reduce((sum, { records }) => sum + records, 0),
    rejected,
    rejects,
  }
}

/** Columns turned to rows; an instant is ISO 8601, an unknown one `null`. */
function rowsOf(table: AccountTable): Readonly<Record<string, unknown>>[] {
  return table.ids.map((id, account) => {
    const row: Record<string, unknown> = { id }
    for (const [name, column] of Object.entries(table)) {
      if (name === 'ids' || name === 'indicators' || typeof column === 'number') continue
      const value = (column as ArrayLike<unknown>)[account]
      row[name] = name.endsWith('AtMs') ? iso(value as number) : value
    }
    return row
  })
}

export const iso = (ms: number): string | null => (Number.isNaN(ms) ? null : new Date(ms).toISOString())
