import { describe, expect, test } from 'vitest'
import type { Evidence, ScanResult } from '../../src/model.ts'
import { scan } from '../../src/scan.ts'
import { signals } from '../../src/signals/registry.ts'
import { backgroundAccounts, backgroundLogs, ndjson } from './fixture-rows.ts'
import { SIGNAL_CASES } from './fixtures.ts'

const folder = 'fixtures/signals'

/** A case among the strangers of the background, with their side file if the case is about what is in it. */
const scanCase = (file: string, withAccounts: boolean): Promise<ScanResult> =>
  scan({
    inputs: [`${folder}/${file}`, `${folder}/background/logs.ndjson`],
    accounts: withAccounts ? [`${folder}/background/accounts.csv`] : [],
    config: { threads: 1 },
  })

const evidenceOf = ({ networks }: ScanResult, signal: string): Evidence[] =>
  networks.flatMap(({ evidence }) => evidence.filter((each) => each.signal === signal))

test('every signal has its two cases, and every case a signal', () => {
  expect(Object.keys(SIGNAL_CASES).sort()).toEqual(signals.map(({ id }) => id).sort())
})

test('the background is committed as it is made, and holds no network', async () => {
  await expect(backgroundLogs()).toMatchFileSnapshot(`../../${folder}/background/logs.ndjson`)
  await expect(backgroundAccounts()).toMatchFileSnapshot(`../../${folder}/background/accounts.csv`)
  const inputs = [`${folder}/background/logs.ndjson`]
  const { networks, totals } = await scan({ inputs, accounts: [`${folder}/background/accounts.csv`] })
  expect(networks).toEqual([])
  expect(totals.accounts).toBe(150)
})

describe.each(Object.entries(SIGNAL_CASES))(
  '%s',
  (id, { ng, ok, strangers = [], floor, cause, withAccounts = false }) => {
    const planted = [...new Set(ng.map(({ account_id }) => account_id))].sort()

    test('the files are committed as they are made (vitest -u writes them)', async () => {
      await expect(ndjson([...ng, ...strangers])).toMatchFileSnapshot(`../../${folder}/${id}/ng.ndjson`)
      await expect(ndjson([...ok, ...strangers])).toMatchFileSnapshot(`../../${folder}/${id}/ok.ndjson`)
    })

    test(`finds the planted group with ${floor} bits or more`, async () => {
      const result = await scanCase(`${id}/ng.ndjson`, withAccounts)
      expect(result.networks.map(({ accounts }) => accounts)).toEqual([planted])
      const [found, ...more] = evidenceOf(result, id)
      expect(more).toEqual([])
      expect(found?.bits).toBeGreaterThanOrEqual(floor)
      expect(found?.accounts).toBe(planted.length)
    })

    test(`counts nothing for ${cause}`, async () => {
      const result = await scanCase(`${id}/ok.ndjson`, withAccounts)
      expect(
        evidenceOf(result, id)
          .map(({ countedBits }) => countedBits)
          .filter((bits) => bits > 0),
      ).toEqual([])
      expect(result.networks.filter(({ severity }) => severity !== 'low')).toEqual([])
    })
  },
)
