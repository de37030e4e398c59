import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { collectCarefully } from '../../src/collect.ts'
import { resolveConfig } from '../../src/config.ts'
import { createDuckDbEngine } from '../../src/evidence/duckdb/engine.ts'
import type { Evidence } from '../../src/evidence/engine.ts'
import { prepareInputs } from '../../src/prepare.ts'
import { createHasher } from '../../src/sources/hash.ts'
import { openSpool } from '../../src/sources/spool.ts'
import { toNdjson } from '../evidence/collect.ts'

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-case-'))
const hasher = createHasher()
afterAll(async () => {
  await hasher.close()
  rmSync(folder, { recursive: true, force: true })
})
let next = 0

interface Night {
  readonly logs: readonly object[]
  readonly accounts: readonly object[]
}

/** What a scan of these files collects, beside a case if one is named; kept if so. */
async function collect(nights: readonly Night[], caseFile?: string, number = 1) {
  const own = join(folder, `n${next++}`)
  const spool = openSpool(folder)
  const config = resolveConfig({ threads: 1 })
  const engine = createDuckDbEngine({
    config,
    tempDirectory: spool.directory,
    ...(caseFile === undefined ? {} : { caseFile }),
  })
  try {
    const files = nights.flatMap(({ logs, accounts }, i) => {
      const log = `${own}-${i}.ndjson`
      writeFileSync(log, toNdjson(logs))
      if (accounts.length > 0) writeFileSync(`${own}-${i}-accounts.ndjson`, toNdjson(accounts))
      return [{ log, accounts: accounts.length > 0 ? [`${own}-${i}-accounts.ndjson`] : [] }]
    })
    const prepared = await prepareInputs({
      inputs: files.map(({ log }) => log),
      accounts: files.flatMap(({ accounts }) => accounts),
      config,
      spool,
      hasher,
      stdin: Readable.from([]),
      signal: undefined,
    })
    const { evidence } = await collectCarefully(engine, prepared)
    const groups = Int32Array.from({ length: evidence.tables.accounts.count }, (_, i) => i % 3)
    const activity = await engine.readActivity(groups, 3)
    if (caseFile !== undefined) await engine.keep({ number, inputs: [], networks: [], orderFindings: [] })
    return { evidence, activity }
  } finally {
    await engine.close()
    await spool.dispose()
  }
}

const seenOf = ({ evidence, activity }: { evidence: Evidence; activity: unknown }) => ({
  tables: evidence.tables,
  hours: evidence.hours,
  fields: [...evidence.fieldsPresent].sort(),
  activity,
})

const DAY = 86_400_000
const START = Date.parse('2026-06-01T00:00:00Z')
const few = (prefix: string, n: number) => fc.integer({ min: 1, max: n }).map((i) => `${prefix}${i}`)
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const requestOf = (night: number) =>
  fc.record(
    {
      timestamp: fc.integer({ min: 0, max: DAY - 1 }).map((ms) => new Date(START + night * DAY + ms).toISOString()),
      account_id: few('acct_', 6),
      ip: fc.oneof(few('192.0.2.', 4), few('198.51.100.', 3), few('2001:db8::', 3)),
      device_fingerprint: sometimes(few('dev_', 3)),
      prompt_hash: sometimes(few('p', 5)),
      model: sometimes(few('m', 2)),
      output_tokens: fc.integer({ min: 0, max: 1000 }),
      status: fc.constantFrom(200, 429, 500, 403),
      organization_id: sometimes(few('org_', 2)),
    },
    { requiredKeys: ['timestamp', 'account_id'] },
  )
const accountOf = fc.record({
  account_id: few('acct_', 7),
  card_fingerprint: sometimes(few('card_', 3)),
  email: sometimes(few('a', 3).map((name) => `${name}@example.org`)),
  ip: sometimes(few('203.0.113.', 2)),
  plan: sometimes(fc.constantFrom('pro', 'free')),
})
const nightOf = (night: number): fc.Arbitrary<Night> =>
  fc.record({
    logs: fc.array(requestOf(night), { minLength: 1, maxLength: 12 }),
    accounts: fc.array(accountOf, { maxLength: 4 }),
  })

describe('night after night', () => {
  test('the evidence of nights kept one by one is that of one scan of all their files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(nightOf(0), nightOf(1), nightOf(2)), async (nights) => {
        const caseFile = join(folder, `case-${next++}.duckdb`)
        let last: Awaited<ReturnType<typeof collect>> | null = null
        for (const [i, night] of nights.entries()) last = await collect([night], caseFile, i + 1)
        const whole = await collect(nights)
        expect(seenOf(last!)).toEqual(seenOf(whole))
      }),
      { numRuns: 12 },
    )
  })

  test('a night without a new log shows what is kept', async () => {
    const caseFile = join(folder, 'quiet.duckdb')
    const night: Night = {
      logs: [{ timestamp: '2026-06-01T10:00:00Z', account_id: 'a', ip: '192.0.2.1' }],
      accounts: [{ account_id: 'a', card_fingerprint: 'c' }],
    }
    const first = await collect([night], caseFile)
    const again = await collect([], caseFile, 2)
    expect(seenOf(again)).toEqual(seenOf(first))
  })

  test('requests that come again in the next export count once where they have ids', async () => {
    const row = (i: number) => ({
      timestamp: new Date(START + i * 3_600_000).toISOString(),
      account_id: `acct_${i % 3}`,
      request_id: `r${i}`,
      ip: '192.0.2.1',
    })
    const rows = Array.from({ length: 60 }, (_, i) => row(i))
    const caseFile = join(folder, 'overlap.duckdb')
    await collectWithInput(rows.slice(0, 40), caseFile, 1)
    const { evidence } = await collectWithInput(rows.slice(30), caseFile, 2)
    const whole = await collect([{ logs: rows, accounts: [] }])
    expect(evidence.tables.accounts.requests).toEqual(whole.evidence.tables.accounts.requests)
    expect(evidence.notes.join()).toContain('requests of its newest two days whose ids are known count once')
    expect(evidence.duplicates?.removed).toBe(10)
  })
})

async function collectWithInput(logs: readonly object[], caseFile: string, number: number) {
  const own = join(folder, `o${next++}.ndjson`)
  writeFileSync(own, toNdjson(logs))
  const spool = openSpool(folder)
  const config = resolveConfig({ threads: 1 })
  const engine = createDuckDbEngine({ config, tempDirectory: spool.directory, caseFile })
  try {
    const prepared = await prepareInputs({
      inputs: [own],
      config,
      spool,
      hasher,
      stdin: Readable.from([]),
      signal: undefined,
    })
    const { evidence } = await collectCarefully(engine, prepared)
    await engine.keep({
      number,
      inputs: [{ sha256: `s${number}`, path: 'x', role: 'log', bytes: 1, records: logs.length }],
      networks: [],
      orderFindings: [],
    })
    return { evidence }
  } finally {
    await engine.close()
    await spool.dispose()
  }
}
