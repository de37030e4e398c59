import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { forgetBefore } from '../../src/casefile/forget.ts'
import { readPastCase } from '../../src/casefile/past.ts'
import { scan } from '../../src/scan.ts'
import { type Named, nightWithRing, RING, writeRows } from './ring.ts'

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-forget-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Kept {
  readonly path: string
  readonly last: Awaited<ReturnType<typeof scan>>
}

/** A case of the first and second of June. */
async function twoNights(name: string, named: Named, sidesOf: (day: number) => readonly string[]): Promise<Kept> {
  const path = join(folder, `${name}.duckdb`)
  let last: Kept['last'] | null = null
  for (const day of [1, 2]) {
    const inputs = [writeRows(folder, `${name}-${day}.ndjson`, nightWithRing(day, named))]
    last = await scan({ inputs, accounts: sidesOf(day), caseFile: path, config: { threads: 1 } })
  }
  return { path, last: last! }
}

const networksOf = async (path: string) =>
  (await readPastCase(path)).networks.map((document) => JSON.parse(document) as Record<string, unknown>)

describe('networks after days were forgotten', () => {
  const owners = RING.map((account_id) => ({ account_id, customer_id: `cus_${account_id}` }))
  const charges = (day: number) =>
    writeRows(folder, `charges-${day}.ndjson`, [...owners, { account_id: 'acct_new', customer_id: `cus_${day}` }])
  test.each<readonly [string, Named, (day: number) => readonly string[]]>([
    ['ids as they are', (account_id) => ({ account_id }), () => []],
    ['ids with blanks around them', (account) => ({ account_id: ` ${account} ` }), () => []],
    ['customers without an owner', (account) => ({ customer_id: account }), () => []],
    [
      'customers whose owner a side file names',
      (account) => ({ customer_id: `cus_${account}` }),
      (day) => [charges(day)],
    ],
  ])('%s are still there, with the requests that are held', async (name, named, sides) => {
    const { path, last } = await twoNights(name, named, sides)
    expect(last.networks.map(({ accounts, requests }) => [accounts, requests])).toEqual([[[...RING], 288]])
    await forgetBefore(path, '2026-06-02')
    const [network] = await networksOf(path)
    expect(network).toMatchObject({ id: last.networks[0]!.id, accounts: [...RING], requests: 144 })
    expect([network!.firstSeen, network!.lastSeen]).toEqual(['2026-06-02T00:00:30.000Z', last.networks[0]!.lastSeen])
  })

  test('the owner of a customer may be forgotten: the account goes on under the name that is left', async () => {
    const path = join(folder, 'owner.duckdb')
    const named: Named = (account) => ({ customer_id: `cus_${account}` })
    const config = { threads: 1 }
    const log = (day: number) => writeRows(folder, `owner-${day}.ndjson`, nightWithRing(day, named))
    await scan({ inputs: [log(1)], accounts: [charges(1)], caseFile: path, config })
    const { networks } = await scan({ inputs: [log(2)], caseFile: path, config })
    expect(networks[0]!.accounts).toEqual([...RING])
    await forgetBefore(path, '2026-06-02')
    expect((await networksOf(path))[0]!.accounts).toEqual(RING.map((account) => `cus_${account}`))
    const next = await scan({ inputs: [log(3)], caseFile: path, config })
    expect(next.networks.map(({ id, change }) => [id, change?.status])).toEqual([[networks[0]!.id, 'unchanged']])
  })
})
