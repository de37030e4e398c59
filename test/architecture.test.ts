import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Who may import whom: the table of docs/design.md, "Who may import whom". The scanner below is a regular expression
 * over our own formatted sources, since TypeScript 7 has no API to ask; the first test fails when it sees too little,
 * for a check that sees nothing passes everything.
 */

interface Import {
  /** Path below `src/`. */
  readonly from: string
  /** Path below `src/`, or the name of a package. */
  readonly to: string
  /** The types go at compile time: no code is loaded. */
  readonly isTypeOnly: boolean
}

const STATEMENT = /^(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<to>[^']+)'/gm
const DYNAMIC = /\bimport\(\s*'(?<to>[^']+)'\s*\)/g

function importsOf(from: string, text: string): Import[] {
  const found = [...text.matchAll(STATEMENT), ...text.matchAll(DYNAMIC)]
  return found.map(({ groups }) => {
    const to = groups!.to!
    const path = to.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), to)) : to
    return { from, to: path, isTypeOnly: groups!.type !== undefined }
  })
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const sources = new Map(files.map((file) => [file, readFileSync(`src/${file}`, 'utf8')]))
const imports = [...sources].flatMap(([file, text]) => importsOf(file, text))
const inside = imports.filter(({ to }) => sources.has(to))
const packages = imports.filter(({ to }) => !to.startsWith('node:') && !to.endsWith('.ts'))

/** The stage a file belongs to: its folder, a folder in it that has a rule of its own, or the file at the top. */
function partOf(file: string): string {
  const own = ['evidence/duckdb', 'evidence/clickhouse', 'simulate/write'].find((folder) =>
    file.startsWith(`${folder}/`),
  )
  return own ?? (file.includes('/') ? file.split('/')[0]! : file)
}

/** May be imported by all: `model, settings, config, errors, random, checkpoint`. */
const COMMON = ['model.ts', 'settings.ts', 'config.ts', 'errors.ts', 'random.ts', 'checkpoint.ts']
const STAGES = 'sources formats intake evidence evidence/duckdb evidence/clickhouse signals networks review'.split(' ')

const TABLE_WORDS = ['layout', 'pen', 'review-words', 'words'].map((name) => `report/table/${name}.ts`)

/**
 * Part → what it may import beside itself and {@link COMMON}: a part, or one file. `prepare.ts`, `collect.ts`, `analyse.ts` and `result.ts` are
 * pieces of `scan.ts` that did not fit on its screen, and stand on its level.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'model.ts': ['model'],
  model: [],
  'errors.ts': [],
  'random.ts': [],
  'checkpoint.ts': ['errors.ts'],
  'version.ts': [],
  'settings.ts': [],
  'config.ts': ['settings.ts'],
  'account-index.ts': [],
  'base32.ts': [],
  sources: [],
  formats: ['sources/source.ts', 'sources/printable.ts'],
  intake: ['formats', 'sources'],
  evidence: ['formats', 'sources'],
  'evidence/duckdb': ['evidence', 'formats', 'sources'],
  // Its later steps are those of the engine for files: what the server leaves goes into the same tables.
  'evidence/clickhouse': ['evidence', 'evidence/duckdb', 'formats', 'sources'],
  // A case stands between two scans: it knows what each leaves for the next.
  casefile: [
    ...['evidence', 'evidence/duckdb', 'sources/printable.ts', 'networks/order-history.ts', 'change'],
    ...['analyse.ts', 'prepare.ts'],
  ],
  signals: ['evidence/tables.ts'],
  // Of the engine only the types of what it hands over; the test below holds that.
  networks: ['base32.ts', 'signals', 'evidence/tables.ts', 'evidence/engine.ts', 'review'],
  review: [],
  report: ['base32.ts'],
  change: [],
  simulate: ['simulate/write'],
  'simulate/write': ['simulate'],
  evaluate: ['report/schema.ts'],
  // Of the report only how a text is written, escaped and wrapped.
  // Documents that were saved: only their shape.
  saved: [],
  // Two documents and two lists of inputs, held against each other.
  verify: ['saved'],
  explain: [
    'account-index.ts',
    'saved',
    'report/safe-text.ts',
    'report/renderer.ts',
    'report/words.ts',
    ...TABLE_WORDS,
  ],
  'gaps.ts': [],
  'reject-rate.ts': [],
  'prepare.ts': STAGES,
  'progress.ts': [...STAGES, 'prepare.ts'],
  'open-engine.ts': STAGES,
  'evidence-sql.ts': [...STAGES, 'prepare.ts', 'scan.ts'],
  'require.ts': [...STAGES, 'collect.ts', 'prepare.ts'],
  'collect.ts': [...STAGES, 'prepare.ts'],
  'analyse.ts': STAGES,
  'result.ts': [...STAGES, 'account-index.ts', 'analyse.ts', 'collect.ts', 'gaps.ts', 'version.ts'],
  'scan.ts': [
    ...STAGES,
    ...['analyse.ts', 'collect.ts', 'open-engine.ts', 'prepare.ts', 'progress.ts', 'reject-rate.ts', 'require.ts'],
    ...['result.ts', 'casefile'],
  ],
  'index.ts': ['scan.ts', 'progress.ts', 'simulate', 'evaluate', 'review'],
  // The engines and the evidence stay behind `scan`.
  cli: [
    'scan.ts',
    'evidence-sql.ts',
    'reject-rate.ts',
    'prepare.ts',
    'progress.ts',
    'version.ts',
    'model/severity.ts', // help needs it, and not the whole model
    'sources',
    'formats',
    'intake',
    'signals',
    'networks',
    'report',
    'change',
    'review',
    'simulate',
    'casefile',
    'evaluate',
    'explain',
    'saved',
    'verify',
  ],
}

const describeImport = ({ from, to }: Import): string => `${from} → ${to}`

describe('the scanner', () => {
  test('sees the imports there are', () => {
    expect(sources.size).toBeGreaterThan(100)
    expect(inside.length).toBeGreaterThan(300)
    expect(packages.length).toBeGreaterThan(10)
    expect(new Set(inside.map(({ from }) => partOf(from))).size).toBeGreaterThan(10)
  })

  test('sees every form of import', () => {
    const text = [
      "import { a } from './a.ts'",
      "import type { B } from '../b.ts'",
      "import c, * as d from 'c'",
      "import './e.ts'",
      "export { f } from './f.ts'",
      "export type * from './g.ts'",
      "import {\n  h,\n  type H,\n} from './h.ts'",
      "  const { i } = await import('./i.ts')",
    ].join('\n')
    expect(importsOf('cli/x.ts', text).map(({ to, isTypeOnly }) => (isTypeOnly ? `type ${to}` : to))).toEqual([
      ...['cli/a.ts', 'type b.ts', 'c', 'cli/e.ts', 'cli/f.ts', 'type cli/g.ts', 'cli/h.ts', 'cli/i.ts'],
    ])
  })

  test('knows every file that is imported, and every part of the tree', () => {
    expect(imports.filter(({ to }) => to.endsWith('.ts') && !sources.has(to)).map(describeImport)).toEqual([])
    expect([...new Set(files.map(partOf))].filter((part) => !Object.hasOwn(MAY_IMPORT, part))).toEqual([])
  })
})

describe('who may import whom', () => {
  test.each(Object.entries(MAY_IMPORT))('%s', (part, allowed) => {
    const isAllowed = ({ to }: Import): boolean =>
      partOf(to) === part ||
      (COMMON.includes(to) && part !== 'model.ts' && part !== 'model') ||
      allowed.includes(partOf(to)) ||
      allowed.includes(to)
    const own = inside.filter(({ from }) => partOf(from) === part)
    expect(own.filter((each) => !isAllowed(each)).map(describeImport)).toEqual([])
  })

  test('nothing imports cli', () => {
    const fromOutside = inside.filter(({ from, to }) => partOf(to) === 'cli' && partOf(from) !== 'cli')
    expect(fromOutside.map(describeImport)).toEqual([])
  })

  test('networks and formats take types of stages before them, and formats one function', () => {
    const loaded = inside.filter(
      ({ from, to, isTypeOnly }) =>
        !isTypeOnly &&
        ((partOf(from) === 'networks' && to.startsWith('evidence/')) ||
          (partOf(from) === 'formats' && to.startsWith('sources/') && to !== 'sources/printable.ts')),
    )
    expect(loaded.map(describeImport)).toEqual([
      'formats/columns.ts → sources/source.ts',
      'formats/translate/by-columns.ts → sources/source.ts',
    ])
  })
})

describe('packages', () => {
  const owners: Readonly<Record<string, readonly string[]>> = {
    '@duckdb/node-api': ['evidence/duckdb', 'simulate/write', 'casefile'],
    '@clickhouse/client': ['evidence/clickhouse'],
    commander: ['cli'],
    'csv-parse/sync': ['sources', 'evaluate', 'review'],
    fzstd: ['sources'],
    chalk: ['report'],
    'cli-table3': ['report'],
    'd3-force': ['report'],
    'echarts/charts': ['report'],
    'echarts/components': ['report'],
    'echarts/core': ['report'],
    'echarts/features': ['report'],
    'echarts/renderers': ['report'],
    ndjson: ['report', 'cli'],
    valibot: ['formats', 'saved'],
  }

  test('each is known to the folders that have a job for it, and to no other', () => {
    const strays = packages.filter(({ from, to }) => !owners[to]?.includes(partOf(from)))
    expect(strays.map(describeImport)).toEqual([])
  })

  test('the engine is loaded only when a scan runs', () => {
    const session = importsOf(
      'x.ts',
      sources.get('evidence/duckdb/session.ts')!.replace(/^\s+const .*import\(.*$/m, ''),
    )
    expect(session.filter(({ to, isTypeOnly }) => to === '@duckdb/node-api' && !isTypeOnly)).toEqual([])
  })
})

test.each([
  ['the process', /\bprocess\s*\./],
  ['the console', /\bconsole\s*\./],
  ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/],
  ['randomness', /\bMath\.random\b|\brandomBytes\b|\brandomUUID\b/],
])('nothing below cli touches %s', (_, pattern) => {
  const users = [...sources].filter(([, text]) => pattern.test(withoutComments(text))).map(([file]) => file)
  expect(users.filter((file) => partOf(file) !== 'cli')).toEqual([])
})

test('what the rule above looks for is there in cli', () => {
  const cli = [...sources].filter(([file]) => partOf(file) === 'cli').map(([, text]) => withoutComments(text))
  expect(cli.some((text) => /\bprocess\s*\./.test(text))).toBe(true)
})

/** Comments may name what code may not use; a `//` inside a string (a URL) is not one. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?<=^|\s)\/\/.*$/gm, '')
}

const isShort = (file: string): boolean => readFileSync(file, 'utf8').trimEnd().split('\n').length <= 300

test('no file is longer than 300 lines', () => {
  const all = [...files.map((file) => `src/${file}`), ...testFiles()]
  expect(all.filter((file) => !isShort(file))).toEqual([])
})

function testFiles(): string[] {
  const names = readdirSync('test', { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ts') && !name.includes('node_modules')).map((name) => `test/${name}`)
}

const isGitTree = existsSync('.git')

test.skipIf(!isGitTree)('tracked files name no place on somebody’s machine and no package registry', () => {
  const listed = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean)
  const tracked = listed.filter((file) => existsSync(file) && !file.endsWith('.zst'))
  expect(tracked.length).toBeGreaterThan(100)
  // Put together here, so that this file does not find itself.
  const homes = ['work', 'home', 'root', 'Users', 'mnt', 'workspace'].map((name) => `/${name}/`)
  const hosts = ['registry', 'npmjs', 'artifactory', 'nexus', 'verdaccio'].map(
    (name) => `\\b${name}[.](?!(?:test[.])?[tj]s\\b)[a-z]`,
  )
  const local = ['localhost', '127[.]0[.]0[.]1'].map((name) => `https?://${name}`)
  const pattern = new RegExp(
    `(?<![\\w.~-])(?:${homes.join('|')})|${hosts.join('|')}|${local.join('|')}|"${'resolved'}":`,
  )
  const found = tracked.flatMap((file) => {
    const match = pattern.exec(readFileSync(file, 'utf8'))
    return match ? [`${file}: ${match[0]}`] : []
  })
  expect(found).toEqual([])
})

test('every folder of the stages is there', () => {
  const folders = new Set(files.map((file) => dirname(file).split('/')[0]))
  for (const stage of ['sources', 'formats', 'evidence', 'networks', 'signals', 'report', 'simulate', 'cli']) {
    expect(folders).toContain(stage)
  }
})
