import { beforeAll, describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { parseKnown } from '../../src/review/known.ts'
import { parseDecisions } from '../../src/review/labels.ts'
import { scan } from '../../src/scan.ts'
import { comparable, readLabels, shuffled } from './demo.ts'

/** Declarations and labels through a whole scan of the demo. */

const truth = readLabels('fixtures/demo/labels.csv')
const innocent = truth.filter((label) => label.class === 'innocent').map(({ accountId }) => accountId)

const known = (lines: readonly string[]) =>
  parseKnown([{ name: 'k.csv', text: ['account_id,owner,reason,expires', ...lines].join('\n') }])
const labels = (lines: readonly string[]) =>
  parseDecisions([{ name: 'l.csv', text: ['account_id,label', ...lines].join('\n') }])

const demo = (statements: Pick<Parameters<typeof scan>[0], 'known' | 'labels'>): Promise<ScanResult> =>
  scan({ inputs: ['fixtures/demo/logs.ndjson'], accounts: ['fixtures/demo/accounts.csv'], ...statements })

/** Everything but what labels may change: place, severity and notes. */
const evidenceOf = ({ networks }: ScanResult) =>
  networks.map(({ rank: _, severity: __, review: ___, ...rest }) => rest).sort((a, b) => (a.id < b.id ? -1 : 1))

let base: ScanResult
beforeAll(async () => {
  base = await demo({})
})

test('files without a record change no byte', async () => {
  expect(comparable(await demo({ known: known([]), labels: labels([]) }))).toBe(comparable(base))
})

describe('every innocent account taken for confirmed: the worst labels there can be', () => {
  let seeded: ScanResult
  const lines = innocent.map((id) => `${id},confirmed`)
  beforeAll(async () => {
    seeded = await demo({ labels: labels(lines) })
  })

  test('changes no evidence, no score and no member of the networks that were there', () => {
    const ids = new Set(base.networks.map(({ id }) => id))
    expect(evidenceOf({ ...seeded, networks: seeded.networks.filter(({ id }) => ids.has(id)) })).toEqual(
      evidenceOf(base),
    )
  })

  test('names few, since a label links nobody: less than one in fifty, and none above medium', () => {
    const named = seeded.networks.filter(({ review }) => (review?.confirmed.length ?? 0) > 0)
    const accounts = named.reduce((sum, { accountCount }) => sum + accountCount, 0)
    expect(named.some(({ accountCount }) => accountCount === 2)).toBe(true)
    expect(accounts).toBeGreaterThan(0)
    expect(accounts).toBeLessThan(innocent.length / 50)
    expect(named.filter(({ severity }) => severity !== 'low' && severity !== 'medium')).toEqual([])
  })

  test('gives the same for any order of the rows', async () => {
    expect(comparable(await demo({ labels: labels(shuffled(lines, 'rows')) }))).toBe(comparable(seeded))
  })

  test('the document still adds up', () => {
    expect(seeded.networks.map(({ rank }) => rank)).toEqual(seeded.networks.map((_, i) => i + 1))
    for (const { score, evidence } of seeded.networks)
      expect(score).toBeCloseTo(
        evidence.reduce((sum, { countedBits }) => sum + countedBits, 0),
        6,
      )
    const requests = (result: ScanResult) =>
      [result.background, ...result.networks.map(({ activity }) => activity)]
        .flatMap(({ hourly }) => hourly)
        .reduce((sum, each) => sum + each, 0)
    expect(requests(seeded)).toBe(requests(base))
  })
})

test('a declared network leaves the ranking, its requests stay in the document', async () => {
  const [first, second] = base.networks
  const declared = await demo({ known: known(first!.accounts.map((id) => `${id},Harbour Desk,resale,2026-12-31`)) })
  expect(declared.networks[0]).toEqual({ ...second, rank: 1 })
  expect(declared.explained).toContainEqual({
    accounts: first!.accounts,
    accountCount: first!.accountCount,
    explanation: 'declared: resale (Harbour Desk, until 2026-12-31)',
    basis: 'declaration',
    uncovered: [],
  })
  const sum = (hourly: readonly number[]): number => hourly.reduce((total, each) => total + each, 0)
  expect(sum(declared.background.hourly)).toBe(sum(base.background.hourly) + first!.requests)
})
