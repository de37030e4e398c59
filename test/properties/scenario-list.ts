import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScanResult } from '../../src/model.ts'
import { simulate } from '../../src/simulate/index.ts'
import { comparable, type Label, lines, readLabels, scanTexts } from './demo.ts'

/** A simulated log and its side file as lines, and what is true of its accounts. */
export interface Texts {
  readonly logs: readonly string[]
  readonly accounts: readonly string[]
  readonly labels: readonly Label[]
}

/** Every scenario that the simulator has, small, or strangers alone. */
export async function simulated(scenarios: 'bench' | 'plain', seed: string, requests: number): Promise<Texts> {
  const out = mkdtempSync(join(tmpdir(), 'distill-scan-scenarios-'))
  try {
    await simulate({ out, scenarios, seed, requests, accounts: 500, days: 8, threads: 2 })
    const read = (name: string): string[] => readFileSync(join(out, name), 'utf8').trimEnd().split('\n')
    return { logs: read('logs.ndjson'), accounts: read('accounts.csv'), labels: readLabels(join(out, 'labels.csv')) }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** In a small log hardly a group has the requests for severity high: so that all the other gates are seen, they are not asked. */
export const WITHOUT_VOLUME_GATE = { minHighRequests: 0 } as const

export const scanOf = ({ logs, accounts }: Texts): Promise<ScanResult> =>
  scanTexts([lines(logs)], { accountsText: lines(accounts), config: { ...WITHOUT_VOLUME_GATE, threads: 2 } })

/** Every account under another name, in the log and in the side file. */
export function renamed({ logs, accounts, labels }: Texts, nameOf: ReadonlyMap<string, string>): Texts {
  return {
    logs: logs.map((line) =>
      line.replace(/"account_id":"([^"]*)"/, (_, id: string) => `"account_id":"${nameOf.get(id)!}"`),
    ),
    accounts: accounts.map((line, i) => (i === 0 ? line : line.replace(/^[^,]*/, (id) => nameOf.get(id)!))),
    labels: labels.map((label) => ({ ...label, accountId: nameOf.get(label.accountId)! })),
  }
}

/** The document in the old names, without what is made from names: ids of networks, hashes, the order of equals. */
export function underOldNames(result: ScanResult, nameOf: ReadonlyMap<string, string>): string {
  const old = new Map([...nameOf].map(([id, name]) => [name, id]))
  const networks = result.networks
    .map((network) => ({ ...network, id: '', rank: 0 }))
    .sort((a, b) => b.score - a.score || b.requests - a.requests || (a.accounts[0]! < b.accounts[0]! ? -1 : 1))
  return comparable({ ...result, networks, accountIndex: { ...result.accountIndex!, prefixes: '' } }).replaceAll(
    /\bsubject-\d+\b|\bacct_\w+/g,
    (name) => old.get(name) ?? name,
  )
}

/** Members in the old names and severity of each network. */
export const membership = (result: ScanResult, nameOf: ReadonlyMap<string, string> = new Map()): string[] => {
  const old = new Map([...nameOf].map(([id, name]) => [name, id]))
  return result.networks
    .map(
      ({ severity, accounts }) =>
        `${severity} ${accounts
          .map((id) => old.get(id) ?? id)
          .sort()
          .join()}`,
    )
    .sort()
}
