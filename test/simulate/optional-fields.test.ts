import { beforeAll, expect, test, vi } from 'vitest'
import { LOG_FIELDS, OPTIONAL_FIELDS, resolveOptions } from '../../src/simulate/index.ts'
import { type Row, type Simulated, simulated, valuesBy } from './read.ts'

vi.setConfig({ hookTimeout: 120_000 })

let bench: Simulated

beforeAll(async () => {
  bench = await simulated({
    scenarios: [
      { name: 'pipeline' },
      { name: 'pivot' },
      { name: 'hydra', knobs: { rate: 60 } },
      { name: 'relay', knobs: { replay: 0.1 } },
      { name: 'evaluation' },
      { name: 'declared-reseller' },
    ],
    accounts: 400,
    requests: 60_000,
    days: 6,
    fields: [...LOG_FIELDS, ...OPTIONAL_FIELDS],
  })
})

const rowsOf = (kind: string): Row[] => {
  const ids = new Set(bench.labels.filter((each) => each.kind === kind).map((each) => each.account_id))
  return bench.rows.filter((row) => ids.has(String(row.account_id)))
}
const share = (rows: readonly Row[], column: string, pattern: RegExp): number =>
  rows.filter((row) => pattern.test(String(row[column] ?? ''))).length / rows.length

test('the columns are off unless they are named', () => {
  const { fields } = resolveOptions({ out: 'x' })
  expect(fields.filter((each) => OPTIONAL_FIELDS.includes(each as never))).toEqual([])
})

test('equal hashes have equal texts, and texts are short', () => {
  for (const [hash, text] of [
    ['system_prompt_hash', 'system_prompt'],
    ['prompt_hash', 'user_prompt'],
  ] as const) {
    const pairs = rowsOf('background').concat(rowsOf('evaluation'), rowsOf('relay'))
    for (const texts of valuesBy(pairs, hash, text).values()) expect(texts.size).toBe(1)
  }
  expect(Math.max(...bench.rows.map((row) => String(row.user_prompt).length))).toBeLessThan(200)
  expect(bench.rows.filter((row) => (row.system_prompt === null) !== (row.system_prompt_hash === null))).toEqual([])
})

test('each purpose has its words; strangers and relays have none of them', () => {
  expect(share(rowsOf('pipeline'), 'user_prompt', /internal reasoning behind/)).toBeGreaterThan(0.6)
  expect(share(rowsOf('pivot'), 'system_prompt', /<think>/)).toBe(1)
  expect(share(rowsOf('hydra'), 'user_prompt', /[Rr]ubric/)).toBeGreaterThan(0.6)
  expect(share(rowsOf('evaluation'), 'user_prompt', /rubric/)).toBeGreaterThan(0.6)
  for (const kind of ['background', 'machine', 'relay'])
    for (const column of ['user_prompt', 'system_prompt'])
      expect(share(rowsOf(kind), column, /<think>|rubric|internal reasoning/i), `${kind} ${column}`).toBe(0)
})

test('a reasoning signature stays on its account, but for a share of replayed sessions', () => {
  const holders = (rows: readonly Row[]): number[] =>
    [...valuesBy(rows, 'signature_hash', 'account_id').values()].map((each) => each.size)
  const everybodys = holders(bench.rows.filter((row) => row.signature_hash !== null))
  expect(everybodys.length).toBeGreaterThan(5000)
  expect(Math.max(...holders(rowsOf('background')))).toBe(1)
  const replayed = holders(rowsOf('relay')).filter((each) => each > 1)
  expect(replayed.length).toBeGreaterThan(5)
  expect(replayed.length / holders(rowsOf('relay')).length).toBeLessThan(0.15)
})

test("a declared reseller's customers keep an id over its accounts; one stranger in twelve sends ids", () => {
  const reseller = rowsOf('declared-reseller')
  expect(share(reseller, 'end_user_id', /^user_[0-9a-f]{16}$/)).toBe(1)
  const byUser = [...valuesBy(reseller, 'end_user_id', 'account_id').values()]
  expect(byUser.filter((each) => each.size > 1).length / byUser.length).toBeGreaterThan(0.5)
  const strangers = rowsOf('background')
  const senders = new Set(strangers.filter((row) => row.end_user_id !== null).map((row) => row.account_id)).size
  const all = new Set(strangers.map((row) => row.account_id)).size
  expect(Math.abs(senders / all - 1 / 12)).toBeLessThan(0.05)
})
