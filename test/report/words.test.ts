import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Claim, type Network, type ScanResult, SEVERITIES } from '../../src/model.ts'
import { redact } from '../../src/report/redact.ts'
import { REPORT_FORMATS, type ReportFormat, type ReportStyle, reports } from '../../src/report/registry.ts'
import { assessmentWords } from '../../src/report/words.ts'
import { scan } from '../../src/scan.ts'
import { aFullResult, aNetwork, aResult } from '../helpers/results.ts'
import { accusations, accusationsOfPage, judgements, mixedSentences, readAloud } from './careful-words.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 100 }
const render = async (format: ReportFormat, result: ScanResult): Promise<string> =>
  (await reports[format].load())(result, style)

/** The ladder, the least first. */
const CLAIMS = ['common-control', 'relay', 'extraction'] as const satisfies readonly Claim[]

/** Formats of which networks are told in sentences. */
const TOLD_IN_WORDS: readonly string[] = ['table', 'markdown', 'html']

/** Everything that a network can be: each claim at each severity, alike in all else. */
const everyKind: readonly Network[] = SEVERITIES.flatMap((severity) =>
  CLAIMS.map((claim) => aNetwork({ severity, claim })),
)

/** Whether a claim's id is a value of its own in a text: `"relay"`, `,relay,`, `>relay<`, `claim-relay`. */
const holdsAsData = (text: string, claim: string): boolean =>
  new RegExp(`["',>|=:\\t]\\s*${claim}\\s*["',<|\\t\\n]|claim-${claim}`, 'u').test(text)

/** At low severity a column may say that accounts are linked, in place of a claim. */
const isData = (text: string, { claim, severity }: Network): boolean =>
  holdsAsData(text, claim) || (severity === 'low' && holdsAsData(text, 'linked'))

const alone = (network: Network): ScanResult => aResult({ networks: [network] })

const real = await scan({ inputs: ['fixtures/demo/logs.ndjson'], accounts: ['fixtures/demo/accounts.csv'] })
const results: readonly ScanResult[] = [real, redact(real), aFullResult(), aResult(), ...everyKind.map(alone)]

describe.each(REPORT_FORMATS)('%s', (format) => {
  test('accuses nobody', async () => {
    for (const result of results) expect(judgements(await render(format, result))).toEqual([])
  })

  test('never has a likelihood and a level of confidence in one sentence', async () => {
    for (const result of results) expect(mixedSentences(await render(format, result))).toEqual([])
  })

  test('says of every network what is claimed, in the words of the ladder or as a value; a graph may claim nothing', async () => {
    const texts = await Promise.all(everyKind.map((network) => render(format, alone(network))))
    const claimsNothing = new Set(texts.slice(-CLAIMS.length)).size === 1
    expect(claimsNothing && TOLD_IN_WORDS.includes(format)).toBe(false)
    for (const [i, network] of everyKind.entries()) {
      const [text, read] = [texts[i]!, readAloud(texts[i]!)]
      if (!claimsNothing && !isData(text, network)) expect(read).toContain(assessmentWords(network))
      if (!isData(text, network)) expect(read).toMatch(/suspected|assessed to be/iu)
    }
  })

  test('puts no network on another rung, and one of low severity on none', async () => {
    for (const network of everyKind) {
      const text = readAloud(await render(format, alone(network)))
      const others = CLAIMS.map((claim) => assessmentWords({ severity: 'high', claim }))
      const said = others.filter((words) => new RegExp(`${words}(?! and to)`, 'u').test(text))
      expect(said.filter((words) => words !== assessmentWords(network))).toEqual([])
    }
  })
})

test('each rung of the ladder says what the one below it says', () => {
  const [least, ...higher] = CLAIMS.map((claim) => assessmentWords({ severity: 'medium', claim }))
  expect(higher.filter((words) => !words.startsWith(`${least} and to `))).toEqual([])
  expect(new Set(CLAIMS.map((claim) => assessmentWords({ severity: 'low', claim }))).size).toBe(1)
})

const sources = ['src', 'docs'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|md)$/.test(name))
    .map((name) => `${folder}/${name}`),
)
const files = [...sources, 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].map(
  (path) => [path, readFileSync(path, 'utf8')] as const,
)

const withoutComments = (source: string): string => source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')

test('the ladder is worded in one place', () => {
  const words = /assessed to be under|relay the requests|collect a model/
  const worded = files.filter(([path, text]) => path.startsWith('src/') && words.test(withoutComments(text)))
  expect(worded.map(([path]) => path)).toEqual(['src/report/words.ts'])
})

test('neither code nor pages accuse anybody', () => {
  expect(files.length).toBeGreaterThan(300)
  const found = files.flatMap(([path, text]) =>
    (path.endsWith('.md') ? accusationsOfPage(text) : accusations(text)).map((word) => `${path}: ${word}`),
  )
  expect(found).toEqual([])
})

test('reports name no likelihood at all as long as no score is calibrated', () => {
  const own = files.filter(([path]) => /^src\/(?:report|explain)\//.test(path))
  const named = own.filter(([, text]) => /\b(?:un)?likely\b|\bprobabl[ey]\b/iu.test(withoutComments(text)))
  expect(named.map(([path]) => path)).toEqual([])
})

describe('the checks themselves', () => {
  test('find accusations, and let pass a word that is only named', () => {
    expect(accusations('The attacker stole it. This is proof that they are guilty.')).toEqual([
      ...['attacker', 'stole', 'proof that', 'guilty'],
    ])
    expect(accusationsOfPage('Never write "stolen", _thief_ or `fraudster`; proof is something else.')).toEqual([])
    expect(accusations("const word = 'stolen'")).toEqual(['stolen'])
    expect(judgements('fraudulent accounts, never "stolen" ones')).toEqual(['stolen', 'fraudulent'])
  })

  test.each([
    'We assess with high confidence that it is likely one hand.',
    'It is almost certainly\n   one hand (moderate confidence).',
    '{"note":"Probably one hand, confidence: low.","rank":1}',
    '<p>It is <b>very unlikely</b> that they are strangers, with low confidence</p>',
    '| It is roughly even | **confidence** is high |',
  ])('find a sentence that mixes likelihood and confidence: %j', (text) => {
    expect(mixedSentences(text)).toHaveLength(1)
  })

  test.each([
    'It is likely one hand. Confidence: high.',
    '{"note":"It is likely one hand","confidence":"high"}',
    'The evidence is of high confidence.\n\nOne hand is likely.',
    '<li>likely</li><li>high confidence</li>',
  ])('let pass two sentences: %j', (text) => {
    expect(mixedSentences(text)).toEqual([])
  })
})
