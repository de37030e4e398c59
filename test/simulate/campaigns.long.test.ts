import { beforeAll, describe, expect, test, vi } from 'vitest'
import { connectedShare, type Row, type Simulated, simulated, valuesBy } from './read.ts'

vi.setConfig({ testTimeout: 60_000 }) // each test writes and reads whole logs

const DAYS = 10
let bench: Simulated

beforeAll(async () => {
  bench = await simulated({ scenarios: 'campaigns', accounts: 800, requests: 330_000, days: DAYS, dirty: false })
}, 120_000)

const accountsOf = (kind: string): string[] =>
  bench.labels.filter((each) => each.kind === kind).map((each) => each.account_id as string)
const rowsOf = (kind: string): Row[] => {
  const ids = new Set(accountsOf(kind))
  return bench.rows.filter((row) => ids.has(String(row.account_id)))
}
const sideOf = (kind: string): Row[] => {
  const ids = new Set(accountsOf(kind))
  return bench.accounts.filter((row) => ids.has(String(row.account_id)))
}

/** Published means (docs/simulate.md, "Campaigns"): requests per account and day. */
test.each([
  ['pipeline', 25.6],
  ['relay', 5.6],
  ['crew', 282],
  ['reseller', 13],
  ['chain', 13],
  ['adaptive', 25.6],
  ['pivot', 25.6],
])('%s keeps its published rate of %d', (kind, rate) => {
  expect(bench.summary.notes.filter((note) => note.startsWith('campaigns'))).toEqual([])
  const measured = rowsOf(kind).length / accountsOf(kind).length / DAYS
  expect(Math.abs(measured / rate - 1)).toBeLessThan(0.12)
})

test('hydra: each wave works at the published peak rate until its ban', () => {
  const rows = rowsOf('hydra')
  const days = valuesBy(
    rows.map((row) => ({ ...row, day: Math.floor(Number(row.timestamp) / 3_600_000) })),
    'account_id',
    'day',
  )
  const accountHours = [...days.values()].reduce((sum, each) => sum + each.size, 0)
  expect(Math.abs(rows.length / (accountHours / 24) / 857 - 1)).toBeLessThan(0.15)
})

describe('families that a network promises at strength 1', () => {
  test.each(['pipeline', 'relay', 'reseller', 'pivot', 'crew'])('%s hangs together by cards and devices', (kind) => {
    const rows = rowsOf(kind)
    expect(connectedShare(accountsOf(kind), rows, 'card_fingerprint', 'device_fingerprint')).toBeGreaterThan(0.9)
    for (const column of ['card_fingerprint', 'device_fingerprint']) {
      const holders = [...valuesBy(rows, column, 'account_id').values()].map((each) => each.size)
      expect(Math.min(...holders), column).toBeGreaterThanOrEqual(1) // a partner without the value leaves the other alone
      expect(holders.filter((each) => each > 1).length / holders.length, column).toBeGreaterThan(0.6)
    }
  })

  test.each(['pipeline', 'crew', 'hydra', 'pivot'])('%s has private templates that nobody else sends', (kind) => {
    const members = new Set(accountsOf(kind))
    for (const [, templates] of valuesBy(rowsOf(kind), 'account_id', 'system_prompt_hash'))
      expect(templates.size).toBeLessThanOrEqual(2)
    const templates = new Set(rowsOf(kind).map((row) => row.system_prompt_hash))
    expect(templates.size).toBeLessThanOrEqual(2)
    expect(
      bench.rows.filter(
        (row) => templates.has(row.system_prompt_hash as string) && !members.has(String(row.account_id)),
      ),
    ).toEqual([])
  })

  test.each(['pipeline', 'relay', 'reseller', 'pivot', 'crew'])(
    '%s signed up in bursts with few phone prefixes and domains',
    (kind) => {
      const side = sideOf(kind)
      expect(new Set(side.map((each) => each.phone_prefix).filter(Boolean)).size).toBeLessThanOrEqual(3)
      expect(new Set(side.map((each) => each.email_domain)).size).toBeLessThanOrEqual(3)
      const days = new Set(side.map((each) => String(each.created_at).slice(0, 10)))
      expect(days.size).toBeLessThanOrEqual(10)
    },
  )

  test.each(['pipeline', 'relay', 'reseller', 'pivot', 'crew', 'hydra'])('%s is large enough to be a case', (kind) => {
    expect(rowsOf(kind).length).toBeGreaterThan(1000)
  })
})

test('the relay carries diverse templates over every account, and idle accounts come first', () => {
  const rows = rowsOf('relay')
  expect(new Set(rows.map((row) => row.system_prompt_hash)).size).toBeGreaterThan(40)
  const firsts = new Map<string, number>()
  for (const row of rows)
    if (row.status === 200 && !firsts.has(String(row.session_id))) firsts.set(String(row.session_id), rows.indexOf(row))
  const starts = [...firsts.values()].map((i) => rows[i] as Row).filter((row) => row.session_id !== null)
  const lastUse = new Map<unknown, number>()
  let recent = 0
  for (const row of starts) {
    const used = [...lastUse.values()].sort((a, b) => b - a).slice(0, 20)
    if (used.includes(lastUse.get(row.account_id) ?? -1)) recent += 1
    lastUse.set(row.account_id, Number(row.timestamp))
  }
  expect(recent / starts.length).toBeLessThan(0.05) // a random choice among 80 would give 0.25
})

test('the crew starts its jobs within seconds of each other', () => {
  const seen = new Set<unknown>()
  const starts = rowsOf('crew').filter(
    (row) => row.session_id !== null && !seen.has(row.session_id) && seen.add(row.session_id),
  )
  const senders = new Set(starts.map((row) => row.account_id)).size
  const near = (at: number): number =>
    new Set(starts.filter((row) => Math.abs(Number(row.timestamp) - at) < 25_000).map((row) => row.account_id)).size
  const sample = starts.filter((_, i) => i % 20 === 0).map((row) => near(Number(row.timestamp)) / senders)
  expect(sample.reduce((sum, each) => sum + each, 0) / sample.length).toBeGreaterThan(0.75)
})

test('hydra: a banned account is refused and falls silent; successors go on with the template under another card', () => {
  const rows = rowsOf('hydra')
  const refused = new Set(rows.filter((row) => row.status === 403).map((row) => row.account_id))
  expect(refused.size).toBeGreaterThan(8)
  for (const id of refused) {
    const own = rows.filter((row) => row.account_id === id)
    const first = own.findIndex((row) => row.status === 403)
    expect(own.length - first).toBeLessThan(60)
  }
  const cards = (keep: boolean): Set<unknown> =>
    new Set(rows.filter((row) => refused.has(String(row.account_id)) === keep).map((row) => row.card_fingerprint))
  const carried = [...cards(true)].filter((card) => card !== null && cards(false).has(card))
  expect(carried.length).toBeLessThanOrEqual(2) // 5 % of eight accounts in a wave
  expect(sideOf('hydra').filter((each) => each.account_status === 'banned').length).toBe(16)
})

test('the chain is tied by single values and by no two kinds at once', () => {
  const ids = accountsOf('chain')
  const rows = rowsOf('chain')
  const columns = ['card_fingerprint', 'device_fingerprint', 'place']
  const withPlace = rows.map((row) => ({ ...row, place: String(row.ip).split(':').slice(0, 4).join(':') }))
  expect(connectedShare(ids, withPlace, ...columns)).toBe(1)
  for (const column of columns) expect(connectedShare(ids, withPlace, column)).toBeLessThan(0.5)
})

test('the adaptive campaign shares neither card nor device nor address', () => {
  const rows = rowsOf('adaptive')
  for (const column of ['card_fingerprint', 'device_fingerprint', 'ip']) {
    for (const holders of valuesBy(rows, column, 'account_id').values()) expect(holders.size).toBe(1)
  }
  expect(new Set(rows.map((row) => row.card_bin)).size).toBeLessThanOrEqual(2)
})

test('the pivot moves half the traffic within a day of the release', () => {
  const rows = rowsOf('pivot').filter((row) => row.status === 200)
  const firstMs = Math.min(
    ...bench.rows.filter((row) => row.model === 'atlas-max-4').map((row) => Number(row.timestamp)),
  )
  const after = rows.filter((row) => Number(row.timestamp) > firstMs + 86_400_000)
  const share = after.filter((row) => row.model === 'atlas-max-4').length / after.length
  expect(Math.abs(share - 0.5)).toBeLessThan(0.06)
})
