import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Network, ScanResult } from '../../src/model.ts'
import { createRandom } from '../../src/random.ts'
import { type ScanOptions, scan } from '../../src/scan.ts'

/** The demo, as lines. The side file has no quotes, as `docs/simulate.md` says. */
export const demoLogs: readonly string[] = readFileSync('fixtures/demo/logs.ndjson', 'utf8').trimEnd().split('\n')
export const demoAccounts: readonly string[] = readFileSync('fixtures/demo/accounts.csv', 'utf8').trimEnd().split('\n')

/** What the simulator says of an account. */
export interface Label {
  readonly accountId: string
  /** Empty for background. */
  readonly network: string
  readonly class: 'fraud' | 'abuse' | 'innocent'
  readonly kind: string
}

export function readLabels(path: string): Label[] {
  const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const [accountId, network, label, kind] = line.split(',') as [string, string, Label['class'], string]
    return { accountId, network, class: label, kind }
  })
}

/** Planted network → its accounts, sorted. */
export function plantedNetworks(labels: readonly Label[]): Map<string, string[]> {
  const planted = new Map<string, string[]>()
  for (const { accountId, network, class: label } of labels) {
    if (label === 'fraud') planted.set(network, [...(planted.get(network) ?? []), accountId])
  }
  for (const accounts of planted.values()) accounts.sort()
  return planted
}

/** Scans logs given as text or bytes, beside the demo's side file unless another is given. */
export async function scanTexts(
  logs: readonly (string | Uint8Array)[],
  options: Partial<ScanOptions> & { readonly accountsText?: string } = {},
): Promise<ScanResult> {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-properties-'))
  try {
    const { accountsText, ...rest } = options
    const inputs = logs.map((text, i) => {
      const path = join(folder, `${i}.log`)
      writeFileSync(path, text)
      return path
    })
    let accounts = ['fixtures/demo/accounts.csv']
    if (accountsText !== undefined) {
      accounts = [join(folder, 'accounts.csv')]
      writeFileSync(accounts[0]!, accountsText)
    }
    return await scan({ inputs, accounts, ...rest })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The document without what may differ: the inputs, and the side file's name. */
export function comparable(result: ScanResult): string {
  const joins = result.joins.map((join) => ({ ...join, path: '' }))
  return JSON.stringify({ ...result, inputs: null, joins }, null, 1)
}

/** A shuffled copy; equal seeds give equal orders. */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const random = createRandom(seed)
  const copy = [...items]
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const swap = copy[i]!
    copy[i] = copy[j]!
    copy[j] = swap
  }
  return copy
}

export const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('')

/** Rank, severity and accounts: what a difference in `comparable` is looked at with. */
export const outline = ({ networks }: ScanResult): string[] =>
  networks.map(({ rank, severity, score, accountCount }: Network) => `${rank} ${severity} ${score} ${accountCount}`)
