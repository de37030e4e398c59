import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SimulateOptions, type SimulateSummary, simulate } from '../../src/simulate/index.ts'

export type Row = Readonly<Record<string, string | number | null>>

/** What a simulation wrote, read back. */
export interface Simulated {
  readonly summary: SimulateSummary
  readonly log: string
  readonly rows: readonly Row[]
  readonly accounts: readonly Readonly<Record<string, string>>[]
  readonly labels: readonly Readonly<Record<string, string>>[]
  /** SHA-256 over the three files. */
  readonly digest: string
}

/** Runs a simulation in a folder that is gone afterwards. NDJSON without damage is parsed; other logs are left as text. */
export async function simulated(options: Partial<SimulateOptions>): Promise<Simulated> {
  const out = mkdtempSync(join(tmpdir(), 'simulate-'))
  try {
    const summary = await simulate({ ...options, out })
    const bytes = readFileSync(summary.files.logs)
    const log = options.gzip ? '' : bytes.toString('utf8')
    const [accounts, labels] = [summary.files.accounts, summary.files.labels].map((file) => readFileSync(file, 'utf8'))
    const isParsed = options.format !== 'csv' && !options.malformed && !options.gzip
    const rows = isParsed
      ? log
          .trimEnd()
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Row)
      : []
    const digest = createHash('sha256')
      .update(bytes)
      .update(accounts ?? '')
      .update(labels ?? '')
      .digest('hex')
    return { summary, log, rows, accounts: parseCsv(accounts ?? ''), labels: parseCsv(labels ?? ''), digest }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** Plain CSV: the simulator writes no quotes. */
export function parseCsv(text: string): Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])))
}

/** Sets of values by key, without empty and placeholder values. */
export function valuesBy(rows: readonly Row[], key: string, value: string): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>()
  for (const row of rows) {
    const found = row[value]
    const isMissing = [found, row[key]].some((each) => each === null || each === undefined || each === '')
    if (isMissing) continue
    const set = out.get(String(row[key])) ?? new Set<string>()
    out.set(String(row[key]), set.add(String(found)))
  }
  return out
}

/** The largest share of accounts that hang together by shared values of the given columns. */
export function connectedShare(accounts: readonly string[], rows: readonly Row[], ...columns: string[]): number {
  const parent = new Map(accounts.map((id) => [id, id]))
  const find = (id: string): string => {
    let at = id
    while (parent.get(at) !== at) at = parent.get(at) as string
    return at
  }
  for (const column of columns) {
    for (const holders of valuesBy(rows, column, 'account_id').values()) {
      const [first, ...others] = [...holders].filter((id) => parent.has(id))
      for (const other of others) parent.set(find(other), find(first as string))
    }
  }
  const sizes = new Map<string, number>()
  for (const id of accounts) sizes.set(find(id), (sizes.get(find(id)) ?? 0) + 1)
  return Math.max(...sizes.values()) / accounts.length
}
