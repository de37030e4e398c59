import { afterAll, expect, test } from 'vitest'
import { rowsOf, withCase } from '../../src/casefile/open-case.ts'
import { comparable, evidenceOf, type Night, openFolder } from './collect-nights.ts'

const folder = openFolder()
afterAll(folder.close)

/** Four accounts with the prompts p1 to p8 and an address each. */
const night = (day: number): Night => ({
  logs: Array.from({ length: 32 }, (_, i) => ({
    timestamp: `2026-06-0${day}T${10 + (i % 8)}:00:00Z`,
    account_id: `acct_${i % 4}`,
    request_id: `req_${day}_${i}`,
    prompt_hash: `p${Math.floor(i / 4) + 1}`,
    ip: `198.51.100.${i % 4}`,
  })),
})

const HASH = "(SELECT value FROM kept.meta WHERE name = 'hash')"
const meta = async (path: string) =>
  Object.fromEntries(
    await withCase(path, async (connection) =>
      (await rowsOf(connection, 'SELECT name, value FROM kept.meta')).map(({ name, value }) => [name, value]),
    ),
  )

/** A case whose prompts were sampled, as with more than half a million requests, by an engine that hashed otherwise. */
async function sampledElsewhere(): Promise<string> {
  const path = folder.newCase()
  await folder.collect([night(1)], { kept: { path, number: 1 }, use: evidenceOf })
  await withCase(path, async (connection) => {
    await connection.run("INSERT INTO kept.field VALUES ('sample', 'prompt_hash', 2)")
    await connection.run("DELETE FROM kept.fast WHERE prompt_hash IN ('p1', 'p2', 'p3', 'p4')")
    await connection.run(`UPDATE kept.meta SET value = (${HASH}::UBIGINT // 2)::VARCHAR WHERE name = 'hash'`)
    await connection.run("UPDATE kept.meta SET value = 'v0.1.0' WHERE name = 'engine'")
  })
  return path
}

test('a case says which engine wrote it, and how that hashes', async () => {
  const path = folder.newCase()
  await folder.collect([night(1)], { kept: { path, number: 1 }, use: evidenceOf })
  expect(await meta(path)).toMatchObject({
    engine: expect.stringMatching(/^v\d+\.\d+\.\d+/u),
    hash: expect.stringMatching(/^\d+$/u),
  })
})

test('a sample that another engine chose by its hash is let go, with a word, and all else stays', async () => {
  const path = await sampledElsewhere()
  const { evidence } = await folder.collect([night(2)], { kept: { path, number: 2 }, use: evidenceOf })
  expect(evidence.notes.join()).toContain(
    'prompt_hash of earlier nights was sampled by another version of the engine and is left out',
  )
  const { tables } = evidence
  expect(tables.accounts.requests).toEqual(Float64Array.of(16, 16, 16, 16))
  const requestsOf = (text: string): readonly number[] => {
    const value = tables.values.text.indexOf(text)
    return [...tables.holdings.requests].filter((_, i) => tables.holdings.value[i] === value)
  }
  expect(requestsOf('p5')).toEqual([1, 1, 1, 1]) // tonight's alone
  expect(requestsOf('198.51.100.0/24')).toEqual([16, 16, 16, 16])
  expect((await meta(path)).engine).not.toBe('v0.1.0')
  const third = await folder.collect([night(3)], { kept: { path, number: 3 }, use: evidenceOf })
  expect(third.evidence.notes.join()).not.toContain('another version')
})

test('without a sample, the engine that wrote it does not matter', async () => {
  const [path, same] = [folder.newCase(), folder.newCase()]
  for (const each of [path, same])
    await folder.collect([night(1)], { kept: { path: each, number: 1 }, use: evidenceOf })
  await withCase(path, async (connection) => {
    await connection.run("UPDATE kept.meta SET value = '1' WHERE name = 'hash'")
  })
  const [other, own] = [
    await folder.collect([night(2)], { kept: { path, number: 2 }, use: evidenceOf }),
    await folder.collect([night(2)], { kept: { path: same, number: 2 }, use: evidenceOf }),
  ]
  expect(comparable(other)).toEqual(comparable(own))
  expect(other.evidence.notes).toEqual(own.evidence.notes)
})

test('request ids and rows of side files are known whatever the engine hashes', async () => {
  const path = folder.newCase()
  const accounts = [{ account_id: 'acct_1', email: 'a@mail.example' }]
  await folder.collect([{ ...night(1), accounts }], { kept: { path, number: 1 }, use: evidenceOf })
  await withCase(path, async (connection) => {
    await connection.run("UPDATE kept.meta SET value = '1' WHERE name = 'hash'")
  })
  const again = { logs: [...night(1).logs, ...night(2).logs], accounts }
  const { evidence } = await folder.collect([again], { kept: { path, number: 2 }, use: evidenceOf })
  expect(evidence.duplicates?.removed).toBe(32)
  const rows = await withCase(path, (connection) => rowsOf(connection, 'SELECT count(*) AS n FROM kept.side'))
  expect(rows).toEqual([{ n: 1 }])
})
