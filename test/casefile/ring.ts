import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toNdjson } from '../evidence/collect.ts'

const DAY_MS = 86_400_000
const START = Date.parse('2026-06-01T00:00:00Z')

export const RING = ['acct_r1', 'acct_r2', 'acct_r3', 'acct_r4', 'acct_r5', 'acct_r6'] as const

/** How the log of a night names an account; as it is if left out. */
export type Named = (account: string) => Readonly<Record<string, string>>

/** Six accounts with one device, one template and one address among thirty that have nothing in common, a request an hour each. */
export function nightWithRing(day: number, named: Named = (account_id) => ({ account_id })): readonly object[] {
  const strangers = Array.from({ length: 30 }, (_, i) => `acct_s${i}`)
  return [...strangers, ...RING].flatMap((account, i) => {
    const own = RING.some((member) => member === account)
      ? { device_fingerprint: 'device-of-ring', system_prompt_hash: 'template-of-ring', ip: '198.51.100.9' }
      : { device_fingerprint: `device-${i}`, system_prompt_hash: `template-${i}`, ip: `192.0.${i}.7` }
    return Array.from({ length: 24 }, (_, hour) => ({
      timestamp: new Date(START + (day - 1) * DAY_MS + hour * 3_600_000 + i * 1000).toISOString(),
      ...named(account),
      request_id: `req_${day}_${account}_${hour}`,
      ...own,
      output_tokens: 100,
      status: 200,
    }))
  })
}

/** Writes rows as NDJSON and gives the path. */
export function writeRows(folder: string, name: string, rows: readonly object[]): string {
  const path = join(folder, name)
  writeFileSync(path, toNdjson(rows))
  return path
}
