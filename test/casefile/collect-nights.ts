import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Collected, collectCarefully } from '../../src/collect.ts'
import { type Config, resolveConfig } from '../../src/config.ts'
import { createDuckDbEngine } from '../../src/evidence/duckdb/engine.ts'
import type { Evidence, EvidenceEngine } from '../../src/evidence/engine.ts'
import { type Prepared, prepareInputs } from '../../src/prepare.ts'
import { createHasher } from '../../src/sources/hash.ts'
import { openSpool } from '../../src/sources/spool.ts'
import { toNdjson } from '../evidence/collect.ts'

/** A text is a line as it is. */
export type Rows = readonly (object | string)[]

/** What the exports of a night hold. */
export interface Night {
  readonly logs: Rows
  /** Files of their own beside it: of an edge, of a gateway, with other names for accounts. */
  readonly also?: readonly Rows[]
  readonly accounts?: Rows
}

/** What is there while the engine is open. */
export interface Opened {
  readonly engine: EvidenceEngine
  readonly prepared: Prepared
  readonly collected: Collected
  readonly config: Config
}

export interface How<T> {
  /** Beside this case, to which the nights are added as this scan. */
  readonly kept?: { readonly path: string; readonly number: number }
  readonly config?: Partial<Config>
  /** Told what was collected; what it gives comes back. */
  readonly use: (opened: Opened) => Promise<T>
}

/** A folder of one test file, in which nights are written and cases made. */
export function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-nights-'))
  const hasher = createHasher()
  let next = 0
  return {
    newCase: (): string => join(folder, `case-${next++}.duckdb`),
    async close(): Promise<void> {
      await hasher.close()
      rmSync(folder, { recursive: true, force: true })
    },
    /** Reads nights as a scan does: writes the files, opens, maps and collects them, and adds them to a case if one is named. */
    async collect<T>(nights: readonly Night[], { kept, config: given, use }: How<T>): Promise<T> {
      const own = join(folder, `n${next++}`)
      const config = resolveConfig({ threads: 1, ...given })
      const spool = openSpool(folder)
      const caseFile = kept === undefined ? {} : { caseFile: kept.path }
      const engine = createDuckDbEngine({ config, tempDirectory: spool.directory, ...caseFile })
      try {
        const { inputs, accounts } = writeNights(own, nights)
        const stdin = Readable.from([])
        const prepared = await prepareInputs({ inputs, accounts, config, spool, hasher, stdin, signal: undefined })
        const collected = await collectCarefully(engine, prepared)
        const answer = await use({ engine, prepared, collected, config })
        if (kept !== undefined)
          await engine.keep({ number: kept.number, inputs: inputs.map(inputOf), networks: [], orderFindings: [] })
        return answer
      } finally {
        await engine.close()
        await spool.dispose()
      }
    },
  }
}

/** The evidence of nights, and what the second reading gives of three groups. */
export async function evidenceOf({ engine, collected: { evidence } }: Opened) {
  const groups = Int32Array.from({ length: evidence.tables.accounts.count }, (_, i) => i % 3)
  return { evidence, activity: await engine.readActivity(groups, 3) }
}

/** What must not depend on how the files are spread over nights. */
export const comparable = ({ evidence, activity }: { evidence: Evidence; activity: unknown }) => ({
  tables: evidence.tables,
  hours: evidence.hours,
  fields: [...evidence.fieldsPresent].sort(),
  activity,
})

function writeNights(prefix: string, nights: readonly Night[]) {
  const write = (name: string, rows: Rows): string[] => {
    if (rows.length === 0) return []
    const path = `${prefix}-${name}.ndjson`
    writeFileSync(path, rows.map((row) => (typeof row === 'string' ? `${row}\n` : toNdjson([row]))).join(''))
    return [path]
  }
  return {
    inputs: nights.flatMap(({ logs, also = [] }, i) => [logs, ...also].flatMap((rows, n) => write(`${i}-${n}`, rows))),
    accounts: nights.flatMap(({ accounts = [] }, i) => write(`${i}-accounts`, accounts)),
  }
}

const inputOf = (path: string) => ({
  sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
  path,
  role: 'log',
  bytes: 1,
  records: 1,
})
