import { expect, test } from 'vitest'
import { REQUESTS_OF, readEvents } from '../../src/evidence/duckdb/events.ts'
import { FILE_STEPS } from '../../src/evidence/duckdb/log-steps.ts'
import type { Session } from '../../src/evidence/duckdb/session.ts'
import type { EventTable } from '../../src/evidence/tables.ts'
import { collect } from './collect.ts'

const rows = [
  { account_id: 'a', timestamp: 1780272006000, model: 'large', session_id: 's2', prompt_hash: 'p9', status: 200 },
  { account_id: ' a', timestamp: 1780272001000, model: 'small', session_id: 's1', prompt_hash: 'p1', status: 429 },
  { account_id: 'b', timestamp: 1780272001000, system_prompt_hash: 'n/a', tools_hash: 't1', output_tokens: 7 },
  { account_id: 'b', timestamp: 1780272003000, system_prompt_hash: 'k2', tools_hash: 't1', signature: 'g' },
  { account_id: 'c', timestamp: 1780272002000, prompt_hash: 'p0', status: 'fine' },
  { account_id: 'b', timestamp: 'no time', prompt_hash: 'p1' },
]

const columnsOf = ({ models, count, ...columns }: EventTable) =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column]]))

test('requests of the watched accounts, by instant, texts as numbers in the order of the texts', async () => {
  for (const logs of [{ 'a.ndjson': rows }, { 'a.ndjson': rows.slice(3).reverse(), 'b.ndjson': rows.slice(0, 3) }]) {
    await collect({ logs }, async (_, engine) => {
      const table = await engine.readEvents(Int32Array.of(0, 1)) // a and b, not c
      expect(table.count).toBe(4)
      expect(table.models).toEqual(['large', 'small'])
      expect(columnsOf(table)).toEqual({
        accounts: [0, 1],
        account: [0, 1, 1, 0],
        atMs: [1780272001000, 1780272001000, 1780272003000, 1780272006000],
        template: [-1, 1, 0, -1], // k2 = 0; where the system prompt is missing, the tools: t1 = 1
        prompt: [0, -1, -1, 1], // p0 of c is not counted
        session: [0, -1, -1, 1],
        signature: [-1, -1, 0, -1],
        model: [1, -1, -1, 0],
        status: [429, 0, 0, 200],
        outputTokens: [Number.NaN, 7, Number.NaN, Number.NaN],
      })
    })
  }
})

test('a hash that is missing is made from its text, as for holdings', async () => {
  const texts = [
    { account_id: 'a', timestamp: 1780272001, system: 'Grade answer 17 of 20' },
    { account_id: 'b', timestamp: 1780272002, system: 'grade answer 18 of 20' },
    { account_id: 'b', timestamp: 1780272003, system: 'Translate' },
  ]
  await collect({ logs: { 'a.ndjson': texts } }, async (_, engine) => {
    const { template } = await engine.readEvents(Int32Array.of(0, 1))
    expect(template[0]).toBe(template[1])
    expect(template[2]).not.toBe(template[0])
  })
})

test('nobody watched, nothing read', async () => {
  await collect({ logs: { 'a.ndjson': rows } }, async (_, engine) => {
    expect((await engine.readEvents(new Int32Array(0))).count).toBe(0)
  })
})

test('more requests than can be held: accounts stay out whole, by their number alone', async () => {
  const requests = [40, 30, 500, 20, 10]
  const stub: Session = {
    memoryMiB: 600,
    tempDirectory: '',
    interrupted: new AbortController().signal,
    during: (_, work) => work(async () => {}),
    run: async () => {},
    each: async (step, _, onChunk) => {
      if (step === 'count') onChunk([[0, 1, 2, 3, 4], requests], 5)
    },
    scalar: async () => 0,
    appendRows: async () => {},
    interrupt: () => {},
    finish: () => {},
    close: async () => {},
  }
  const read = async (watched: readonly number[], most: number) => [
    ...(
      await readEvents(stub, [], Int32Array.from(watched), {
        steps: FILE_STEPS,
        requestsOf: REQUESTS_OF,
        maxEvents: most,
      })
    ).accounts,
  ]
  expect(await read([0, 1, 2, 3, 4], 1000)).toEqual([0, 1, 2, 3, 4])
  expect(await read([0, 1, 2, 3, 4], 100)).toEqual([0, 1, 3, 4]) // 40 + 30 + 20 + 10; the account of 500 never fits
  const some = await read([0, 1, 3, 4], 50)
  expect(some.reduce((sum, account) => sum + requests[account]!, 0)).toBeLessThanOrEqual(50)
  expect(await read([0, 1, 3, 4], 50)).toEqual(some)
})
