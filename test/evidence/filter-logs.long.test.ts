import { readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { FILE_STEPS, type LogSteps } from '../../src/evidence/duckdb/log-steps.ts'
import { runEvents } from '../../src/evidence/duckdb/read-watched.ts'
import type { EventTable } from '../../src/evidence/tables.ts'
import { filterFiles } from '../../src/sources/line-filter.ts'
import { collect, toNdjson } from './collect.ts'

/** Before the second reading of a long log, the lines of others are left out: the requests that it gives are the same. */

const filter = vi.fn(filterFiles)
beforeEach(() => void filter.mockClear())
const steps: LogSteps = {
  ...FILE_STEPS,
  runEvents: (session, logs, onBegun) => runEvents(session, logs, onBegun, filter),
}

const START = 1_780_272_000_000
/** What makes a log long, two ranges and more, and is read by nobody. */
const NOTE = 'x'.repeat(20_000)
const row = (i: number, account_id: unknown = `acct_${i % 200}`) => ({
  timestamp: START + i * 1000,
  ...(account_id !== undefined && { account_id }),
  model: `m${i % 3}`,
  prompt_hash: `p${i % 50}`,
  session_id: `s${i % 7}`,
  output_tokens: i,
  note: NOTE,
})
const rows = Array.from({ length: 7000 }, (_, i) => row(i))
const text = toNdjson(rows)

const columnsOf = (table: EventTable) =>
  Object.fromEntries(
    Object.entries(table).map(([name, column]) => [name, typeof column === 'number' ? column : [...column]]),
  )

/** The requests of the first two accounts, and how often files were filtered. */
async function read(log: string | Uint8Array, watched = Int32Array.of(0, 1)) {
  let events: unknown
  filter.mockClear()
  await collect({ logs: { 'a.ndjson': log }, steps }, async (_, engine) => {
    events = columnsOf(await engine.readEvents(watched))
  })
  return { events, times: filter.mock.calls.length }
}

describe('the same requests', () => {
  test('of a long log', async () => {
    const filtered = await read(text)
    const whole = await read(gzipSync(text, { level: 1 }))
    expect([filtered.times, whole.times]).toEqual([1, 0])
    expect(filtered.events).toEqual(whole.events)
    expect(filtered.events).toMatchObject({ count: 70 })
  }, 60_000)

  test('of accounts that are in one half of the log alone', async () => {
    const log = toNdjson(rows.map((each, i) => row(i, i < 3500 ? each.account_id : `acct_${200 + (i % 200)}`)))
    const filtered = await read(log)
    expect(filtered.times).toBe(1)
    expect(filtered.events).toEqual((await read(gzipSync(log, { level: 1 }))).events)
    expect(filtered.events).toMatchObject({ count: 36 })
  }, 60_000)

  test('of lines that are written otherwise', async () => {
    const odd = [
      JSON.stringify({ org: { account_id: 'acct_9' }, ...row(7001, 'acct_0') }),
      JSON.stringify(row(7002, 'acct_1')).replace('acct_1', String.raw`acct\u005f1`),
      JSON.stringify(row(7003, 'acct_0')).replaceAll('":', '" : '),
      JSON.stringify({ kind: 'account_id', ...row(7004, 'acct_1') }),
      JSON.stringify(row(7005, ' acct_1 ')),
      // The engine takes the first of two.
      ...['acct_0', 'acct_9'].map((id) => JSON.stringify(row(7010, 'acct_1')).replace('{', `{"account_id":"${id}",`)),
      JSON.stringify(row(7006, null)),
      JSON.stringify(row(7007, undefined)),
      JSON.stringify(row(7008, 17)),
      JSON.stringify({ Account_ID: 'acct_0', ...row(7009, 'acct_5') }),
      '',
    ]
    // Where no sample of the log is taken: two names that differ by case alone would be read with care from the beginning.
    const log = `${toNdjson(rows.slice(0, 3200))}${odd.join('\n')}\n${toNdjson(rows.slice(3200))}`
    const filtered = await read(log)
    expect(filtered.times).toBe(1)
    expect(filtered.events).toEqual((await read(gzipSync(log, { level: 1 }))).events)
  }, 60_000)

  test('where the filter fails, as on a full disk', async () => {
    filter.mockResolvedValueOnce(false)
    const { events, times } = await read(text)
    expect(times).toBe(1)
    expect(events).toMatchObject({ count: 70 })
  }, 60_000)
})

test('not where texts of prompts are in the log, which are written nowhere', async () => {
  const prompts = toNdjson(rows.map((each) => ({ ...each, system_prompt: 'You are a judge.' })))
  const { events, times } = await read(prompts)
  expect(times).toBe(0)
  expect(events).toMatchObject({ count: 70 })
}, 60_000)

test('not where it would not pay: a short log, or accounts with most of the requests', async () => {
  expect((await read(toNdjson(rows.slice(0, 300)))).times).toBe(0)
  expect(
    (
      await read(
        text,
        Int32Array.from({ length: 100 }, (_, i) => i),
      )
    ).times,
  ).toBe(0)
}, 60_000)

test('interrupted while lines are left out: it ends, and no line stays behind', async () => {
  filter.mockImplementationOnce(
    (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(false))),
  )
  await collect({ logs: { 'a.ndjson': text }, steps }, async ({ collected }, engine) => {
    const reading = engine.readEvents(Int32Array.of(0, 1), () => engine.interrupt())
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(collected.plans).toHaveLength(1)
    const [{ to } = { to: '' }] = filter.mock.calls[0]![0]
    expect(readdirSync(to.slice(0, to.indexOf('/lines-'))).filter((name) => name.startsWith('lines-'))).toEqual([])
  })
}, 60_000)
