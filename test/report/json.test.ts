import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { pseudonymize } from '../../src/report/pseudonymize.ts'
import { redact } from '../../src/report/redact.ts'
import { formatOfName, REPORT_FORMATS, type ReportStyle, reports } from '../../src/report/registry.ts'
import { reportSchema, strictReportSchema } from '../helpers/report-schema.ts'
import { aChange, aFullResult, aNetwork, aResult } from '../helpers/results.ts'

const style: ReportStyle = { width: 80, color: true, unicode: true, minSeverity: 'low', top: null, details: 5 }
const renderJson = await reports.json.load()
const jsonPieces = await reports.json.loadPieces()
const renderNdjson = await reports.ndjson.load()

/** The same value with the keys of every object turned round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, held]) => [key, reversed(held)]),
  )
}

describe('JSON', () => {
  test('means the result and ends the line', () => {
    const text = renderJson(aFullResult(), style)
    expect(JSON.parse(text)).toEqual(aFullResult())
    expect(text.endsWith('\n}\n')).toBe(true)
  })

  test('has the same bytes whatever the order in which keys were set', () => {
    const text = renderJson(aFullResult(), style)
    expect(renderJson(reversed(aFullResult()) as ScanResult, style)).toBe(text)
  })

  test('comes in pieces that make the text, which is that of the whole document', () => {
    const members = Array.from({ length: 500 }, (_, i) => ({ ...aNetwork().members[0]!, accountId: `acct_${i}` }))
    const result = aResult({ networks: [aNetwork({ members }), aNetwork()], notes: [] })
    const pieces = [...jsonPieces(result, style)]
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).toBe(`${JSON.stringify(JSON.parse(pieces.join('')), null, 2)}\n`)
    expect(JSON.parse(pieces.join(''))).toEqual(result)
  })

  test('leaves out what is undefined, as JSON does, and writes what is empty', () => {
    const odd = { ...aResult(), networks: [], chance: { a: undefined }, zeal: {} } as unknown as ScanResult
    expect(JSON.parse(renderJson(odd, style))).toMatchObject({ networks: [], chance: {}, zeal: {} })
  })

  test('keeps what the model does not know, last', () => {
    const text = renderJson({ ...aResult(), zeal: 1, future: { b: 1, a: 2 } } as ScanResult, style)
    expect(text).toMatch(
      /"omitted": \{[^}]*\},\n {2}"future": \{\n {4}"a": 2,\n {4}"b": 1\n {2}\},\n {2}"zeal": 1\n\}\n$/,
    )
  })

  test('orders keys as the schema does', () => {
    const { properties } = JSON.parse(readFileSync('schema/report.schema.json', 'utf8'))
    expect(Object.keys(JSON.parse(renderJson(aResult(), style)))).toEqual(Object.keys(properties))
    const network = reportSchema.$defs.network as { readonly properties: object }
    expect(Object.keys(JSON.parse(renderNdjson(aFullResult(), style).split('\n')[0] ?? ''))).toEqual(
      Object.keys(network.properties),
    )
  })

  test('survives keys that a log may invent', () => {
    const reasons = JSON.parse('{"__proto__": 1, "constructor": 2}')
    const result = aResult({ settings: reasons })
    expect(JSON.parse(renderJson(result, style)).settings).toEqual(reasons)
  })
})

describe('NDJSON', () => {
  test('is one network per line, best first', () => {
    const lines = renderNdjson(aFullResult(), style).split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.map((line) => JSON.parse(line))).toEqual(aFullResult().networks)
  })

  test('is empty without networks', () => {
    expect(renderNdjson(aResult(), style)).toBe('')
  })

  test('loses nothing of many networks', () => {
    const networks = Array.from({ length: 3000 }, (_, i) => aNetwork({ rank: i + 1, accounts: [`a${i}`] }))
    const lines = renderNdjson(aResult({ networks }), style).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).rank)).toEqual(networks.map((network) => network.rank))
  })

  test('a line break or separator in a value stays on its line', () => {
    const network = aNetwork({ accounts: ['a\nb\u2028c\u0085d\u202e'] })
    const text = renderNdjson(aResult({ networks: [network] }), style)
    expect(text.match(/[\n\u2028\u0085\u202e]/gu)).toEqual(['\n'])
    expect(JSON.parse(text).accounts).toEqual(network.accounts)
  })
})

describe('the schema', () => {
  const open = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(reportSchema)
  const strict = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(strictReportSchema)

  test.each([
    ['an empty result', aResult()],
    ['a full result', aFullResult()],
    ['a redacted result', redact(aFullResult())],
    ['a pseudonymised result', pseudonymize(aFullResult(), Buffer.alloc(32))],
    [
      'a changed network and a gone one',
      aResult({
        networks: [aNetwork({ change: aChange({ status: 'grown', added: ['b'], earlierSeverity: null }) })],
        goneNetworks: [
          {
            id: 'z3h5j6k2pa',
            severity: 'low',
            accountCount: 3,
            requests: 0,
            firstSeen: null,
            lastSeen: '2026-06-01T00:00:00.000Z',
          },
        ],
      }),
    ],
    [
      'duplicates and gaps',
      aResult({
        duplicates: { requests: 3, distinctRequestIds: 2, isExact: true, removed: 0 },
        gaps: [{ from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z', hours: 24 }],
      }),
    ],
  ])('accepts %s, also when no property may be unknown', (_, result) => {
    const document = JSON.parse(renderJson(result, style))
    expect(open(document), JSON.stringify(open.errors)).toBe(true)
    expect(strict(document), JSON.stringify(strict.errors)).toBe(true)
  })

  test('is open for additions, the strict variant is not', () => {
    const document = { ...aResult(), later: 1 }
    expect(open(document)).toBe(true)
    expect(strict(document)).toBe(false)
  })

  test.each([
    ['another version', { ...aResult(), schemaVersion: 2 }],
    ['an unknown severity', aResult({ networks: [{ ...aNetwork(), severity: 'severe' as 'high' }] })],
    ['an instant without milliseconds', aResult({ window: { from: '2026-06-01T00:00:00Z', to: null } })],
    ['half a request', aResult({ networks: [aNetwork({ requests: 0.5 })] })],
    ['p = 0', aResult({ networks: [aNetwork({ tests: [{ signal: 's', statistic: 't', p: 0, confirmed: true }] })] })],
    ['a missing list', { ...aResult(), notes: undefined }],
    ['an unknown status', aResult({ networks: [aNetwork({ change: aChange({ status: 'fixed' as 'new' }) })] })],
    ['rank 0', aResult({ networks: [aNetwork({ rank: 0 })] })],
  ])('refuses %s', (_, result) => {
    expect(open(JSON.parse(JSON.stringify(result)))).toBe(false)
  })
})

test('every format has a renderer', async () => {
  for (const format of REPORT_FORMATS) {
    const text = (await reports[format].load())(aFullResult(), style)
    expect(text.endsWith('\n')).toBe(true)
  }
})

test.each([
  ['report.json', 'json'],
  ['Report.JSONL', 'ndjson'],
  ['/var/report.txt', 'table'],
  ['networks.stix.json', 'stix'],
  ['networks.gexf', 'gexf'],
  ['networks.timesketch.csv', 'timesketch'],
  ['report', null],
  ['-', null],
  ['/dev/stdout', null],
])('the ending of %s asks for %s', (name, format) => {
  expect(formatOfName(name)).toBe(format)
})
