import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { parseCsv, type Row, simulated } from './read.ts'

vi.setConfig({ testTimeout: 60_000 }) // each test writes and reads whole logs

const folder = (name: string): string => `fixtures/${name}`
const bytesOf = (name: string): number =>
  ['logs.ndjson', 'accounts.csv', 'labels.csv'].reduce((sum, file) => sum + statSync(`${folder(name)}/${file}`).size, 0)

test.each(['demo', 'innocent'] as const)('fixtures/%s is what its preset makes', async (name) => {
  const digest = createHash('sha256')
  for (const file of ['logs.ndjson', 'accounts.csv', 'labels.csv'])
    digest.update(readFileSync(`${folder(name)}/${file}`))
  expect((await simulated({ scenarios: name })).digest).toBe(digest.digest('hex'))
})

test('the fixtures stay small', () => {
  expect(statSync('fixtures/demo/logs.ndjson').size).toBeLessThan(2_000_000)
  expect(bytesOf('demo')).toBeLessThan(3_000_000)
  expect(bytesOf('innocent')).toBeLessThan(1_000_000)
})

test('both planted networks of the demo are cases: 1,000 requests, and used on five days or paid', () => {
  const rows = readFileSync('fixtures/demo/logs.ndjson', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
  const labels = parseCsv(readFileSync('fixtures/demo/labels.csv', 'utf8'))
  const fraud = labels.filter((each) => each.class === 'fraud')
  const networks = new Set(fraud.map((each) => each.network as string))
  expect(networks.size).toBe(2)
  for (const network of networks) {
    const ids = new Set(fraud.filter((each) => each.network === network).map((each) => each.account_id))
    const own = rows.filter((row) => ids.has(String(row.account_id)))
    expect(own.length).toBeGreaterThanOrEqual(1000)
    const days = new Map<unknown, Set<number>>()
    for (const row of own)
      days.set(
        row.account_id,
        (days.get(row.account_id) ?? new Set()).add(Math.floor(Number(row.timestamp) / 86_400_000)),
      )
    const counts = [...days.values()].map((each) => each.size).sort((a, b) => a - b)
    expect(counts[Math.floor(counts.length / 2)]).toBeGreaterThanOrEqual(5)
  }
})
