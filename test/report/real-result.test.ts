import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { limit } from '../../src/report/limit.ts'
import { redact } from '../../src/report/redact.ts'
import { type ReportStyle, reports } from '../../src/report/registry.ts'
import { displayWidth } from '../../src/report/table/layout.ts'
import { scan } from '../../src/scan.ts'
import { strictReportSchema } from '../helpers/report-schema.ts'

const result = await scan({ inputs: ['fixtures/demo/logs.ndjson'], accounts: ['fixtures/demo/accounts.csv'] })
const strict = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(strictReportSchema)
const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 100 }

describe('a scan of the demo', () => {
  test.each([
    ['as it is', result],
    ['shortened', redact(result)],
    ['limited', limit(result, { minSeverity: 'high', top: 1 })],
  ])('%s: every property is in the schema, and nothing else', async (_, document) => {
    const json = (await reports.json.load())(document, style)
    expect(strict(JSON.parse(json)), JSON.stringify(strict.errors)).toBe(true)
  })

  test('is JSON-safe: printing and reading back changes nothing', async () => {
    expect(JSON.parse((await reports.json.load())(result, style))).toEqual(result)
  })

  test('scores are the sums of what counts, ranks are whole, members stand as the accounts do', () => {
    expect(result.networks.map((network) => network.rank)).toEqual(result.networks.map((_, i) => i + 1))
    for (const { score, evidence, accounts, members, accountCount } of result.networks) {
      expect(evidence.reduce((sum, each) => sum + each.countedBits, 0)).toBeCloseTo(score, 6)
      expect(members.map((member) => member.accountId)).toEqual(accounts)
      expect(accountCount).toBe(accounts.length)
    }
  })

  test('fits the terminal in full', async () => {
    const text = (await reports.table.load())(redact(result), style)
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80)
  })

  test('shows no whole address or card unless asked', async () => {
    const cards = readFileSync('fixtures/demo/accounts.csv', 'utf8').match(/(?<=,)[\da-f]{10}(?=,)/g) ?? []
    const named = JSON.stringify(result.networks.map((network) => network.evidence))
    const shared = new Set(cards.filter((card) => named.includes(`"card_fingerprint","value":"${card}"`)))
    expect(shared.size).toBeGreaterThan(5)
    const shown = (await reports.json.load())(redact(result), style)
    for (const card of shared) expect(shown).not.toContain(`"${card}"`)
  })
})
