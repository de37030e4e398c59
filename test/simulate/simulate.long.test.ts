import { expect, test, vi } from 'vitest'
import { listScenarios } from '../../src/simulate/index.ts'
import { type Row, simulated } from './read.ts'

vi.setConfig({ testTimeout: 60_000 }) // each test writes and reads whole logs

const small = { scenarios: 'bench', accounts: 300, requests: 12_000, days: 4, memoryMiB: 400 } as const

test('the same seed gives the same bytes, whatever the number of threads', async () => {
  const one = await simulated({ ...small, threads: 1 })
  const three = await simulated({ ...small, threads: 3 })
  expect(three.digest).toBe(one.digest)
})

test('another seed gives other bytes', async () => {
  const first = await simulated({ ...small, seed: 'a' })
  const second = await simulated({ ...small, seed: 'b' })
  expect(second.digest).not.toBe(first.digest)
})

test('meets the target number of requests within a tenth', async () => {
  const { summary, rows } = await simulated({ ...small, requests: 30_000 })
  expect(summary.requests).toBe(rows.length)
  expect(Math.abs(summary.requests / 30_000 - 1)).toBeLessThan(0.1)
})

test('labels cover all accounts, and only those', async () => {
  const { summary, rows, accounts, labels } = await simulated(small)
  const labelled = new Set(labels.map((each) => each.account_id))
  expect(labelled.size).toBe(labels.length)
  expect(labels.length).toBe(summary.accounts)
  expect(new Set(accounts.map((each) => each.account_id))).toEqual(labelled)
  expect(rows.filter((row) => !labelled.has(String(row.account_id)))).toEqual([])
  expect(labels.filter((each) => each.class !== 'innocent' && each.network === '')).toEqual([])
  expect(new Set(labels.map((each) => each.class))).toEqual(new Set(['fraud', 'abuse', 'innocent']))
  expect(summary.networks.reduce((sum, each) => sum + each.accounts, 0)).toBe(
    labels.filter((each) => each.network).length,
  )
})

test('rows are sorted by time and lie inside the window', async () => {
  const { summary, rows } = await simulated(small)
  const times = rows.map((row) => Number(row.timestamp))
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(Date.parse(summary.from))
  expect(times.at(-1)).toBeLessThan(Date.parse(summary.to))
  expect(new Set(rows.map((row) => row.request_id)).size).toBe(rows.length)
})

/** z-score of the mean rank of some members of a list: Mann and Whitney's U without ties. */
function rankZ(isMember: readonly boolean[]): number {
  const n = isMember.length
  const members = isMember.filter(Boolean).length
  const rankSum = isMember.reduce((sum, each, i) => sum + (each ? i + 1 : 0), 0)
  const mean = (members * (n + 1)) / 2
  return (rankSum - mean) / Math.sqrt((members * (n - members) * (n + 1)) / 12)
}

test('neither ids nor the order of files say who is who', async () => {
  const { accounts, labels, rows } = await simulated({ ...small, accounts: 1500 })
  const classOf = new Map(labels.map((each) => [each.account_id, each.class]))
  const isFraud = (row: Row): boolean => classOf.get(String(row.account_id)) === 'fraud'
  expect(Math.abs(rankZ(accounts.map(isFraud)))).toBeLessThan(4) // files are sorted by id: id order and file order at once
  const byRequest = [...rows].sort((a, b) => (String(a.request_id) < String(b.request_id) ? -1 : 1))
  expect(Math.abs(rankZ(byRequest.map(isFraud)))).toBeLessThan(4)
  const names = listScenarios().flatMap((each) => [each.name, each.kind])
  for (const { account_id: id = '' } of labels) {
    expect(id).toMatch(/^acct_[0-9a-f]{8}$/)
    expect(names.some((name) => id.includes(name))).toBe(false)
  }
})

test('values of fraud and of innocence have the same shapes', async () => {
  const { accounts, labels, rows } = await simulated({ ...small, accounts: 1500 })
  const classOf = new Map(labels.map((each) => [each.account_id, each.class]))
  const shape = (value: unknown): string =>
    String(value)
      .replace(/[0-9a-f]/g, 'x')
      .replace(/x+/g, (run) => `x${run.length}`)
  const shapes = (items: readonly Row[], column: string, label: string): Set<string> =>
    new Set(
      items
        .filter((row) => classOf.get(String(row.account_id)) === label && row[column])
        .map((row) => shape(row[column])),
    )
  const side = [
    'card_fingerprint',
    'card_bin',
    'card_last4',
    'card_expiry',
    'billing_name_hash',
    'billing_address_hash',
    'created_at',
  ]
  const log = [
    'request_id',
    'device_fingerprint',
    'tls_fingerprint',
    'system_prompt_hash',
    'tools_hash',
    'prompt_hash',
    'session_id',
    'model',
    'asn',
  ]
  for (const [items, columns] of [
    [accounts, side],
    [rows, log],
  ] as const) {
    for (const column of columns) {
      const innocent = shapes(items, column, 'innocent')
      for (const each of shapes(items, column, 'fraud')) expect(innocent, `${column} ${each}`).toContain(each)
    }
  }
})

test('no addresses, mail domains or numbers of anybody', async () => {
  const { accounts, rows } = await simulated({ ...small, dirty: false })
  for (const row of rows) {
    expect(String(row.ip)).toMatch(/^(2001:db8:|198\.1[89]\.)/)
    expect(Number(row.asn)).toBeGreaterThanOrEqual(64_512)
    expect(Number(row.asn)).toBeLessThanOrEqual(65_534)
  }
  for (const each of accounts) {
    expect(each.email_domain).toMatch(/\.(example|test)$/)
    if (each.card_bin) expect(each.card_bin).toMatch(/^9\d{5}$/)
  }
})

test('with a fresh address for every request no address comes twice', async () => {
  const { rows } = await simulated({ ...small, rotateIp: true, dirty: false })
  expect(new Set(rows.map((row) => row.ip)).size).toBeGreaterThan(rows.length * 0.999)
})

test('payment columns move to the side file', async () => {
  const inLog = await simulated(small)
  const aside = await simulated({ ...small, paymentInSideFile: true })
  expect(Object.keys(inLog.rows[0] ?? {})).toContain('card_fingerprint')
  expect(
    Object.keys(aside.rows[0] ?? {}).filter((name) => name.startsWith('card_') || name.startsWith('billing_')),
  ).toEqual([])
  expect(aside.accounts).toEqual(inLog.accounts)
})

test('dirty values: placeholders, a load balancer, an image that hundreds share', async () => {
  const { rows } = await simulated({ ...small, accounts: 2000, requests: 30_000, dirty: true })
  const share = (column: string, value: string): number =>
    rows.filter((row) => row[column] === value).length / rows.length
  expect(share('ip', '198.51.100.7')).toBeGreaterThan(0.02)
  expect(share('ip', '0.0.0.0')).toBeGreaterThan(0.0005)
  expect(share('device_fingerprint', '0'.repeat(16))).toBeGreaterThan(0.0005)
  const holders = new Map<unknown, Set<unknown>>()
  for (const row of rows)
    holders.set(row.device_fingerprint, (holders.get(row.device_fingerprint) ?? new Set()).add(row.account_id))
  const shared = [...holders].filter(
    ([value, accounts]) => /^[0-9a-f]{16}$/.test(String(value)) && !/^0+$/.test(String(value)) && accounts.size > 80,
  )
  expect(shared.length).toBe(1)
})

test('CSV has the columns of NDJSON; damage and compression do what they say', async () => {
  const csv = await simulated({ ...small, format: 'csv', timestamps: 'iso' })
  const [head = '', first = ''] = csv.log.split('\n')
  expect(head.split(',').slice(0, 3)).toEqual(['timestamp', 'request_id', 'account_id'])
  expect(first.split(',').length).toBe(head.split(',').length)
  expect(first).toMatch(/^2026-06-01T\d\d:\d\d:\d\d\.\d{3}Z,/)
  expect(csv.log.trimEnd().split('\n').length).toBe(csv.summary.requests + 1)
  const damaged = await simulated({ ...small, malformed: 7 })
  const broken = damaged.log
    .trimEnd()
    .split('\n')
    .filter((line) => !line.endsWith('}'))
  expect(broken.length).toBe(7)
  const zipped = await simulated({ ...small, gzip: true })
  expect(zipped.summary.files.logs).toMatch(/logs\.ndjson\.gz$/)
})
