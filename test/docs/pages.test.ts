import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FieldRole } from '../../src/formats/fields.ts'
import { KINDS } from '../../src/formats/preset.ts'
import { readPage, refreshed } from './pages.ts'
import {
  agreementTable,
  capList,
  coverageTable,
  fieldTable,
  hypothesisTable,
  placeholderList,
  presetTable,
  purposeTable,
  statisticTable,
} from './tables.ts'

/** The pages in `docs/` hold what the code holds. `npx vitest run test/docs -u` writes the parts that are made from it. */

const ROLES = [
  'key',
  'time',
  'join',
  'holding',
  'fact',
  'measure',
  'mix',
  'text',
  'ignored',
] as const satisfies FieldRole[]

test('docs/fields.md lists the fields of the code', async () => {
  const tables = Object.fromEntries(ROLES.map((role) => [role, fieldTable(role)]))
  const now = refreshed(readPage('docs/fields.md'), { ...tables, placeholders: placeholderList() })
  await expect(now).toMatchFileSnapshot('../../docs/fields.md')
})

test('docs/formats.md lists the formats of the code, and what each fills', async () => {
  const tables = Object.fromEntries(KINDS.map((kind) => [kind, presetTable(kind)]))
  const now = refreshed(readPage('docs/formats.md'), { ...tables, coverage: coverageTable() })
  await expect(now).toMatchFileSnapshot('../../docs/formats.md')
})

test('docs/detection.md lists the signals and the innocent explanations of the code', async () => {
  const now = refreshed(readPage('docs/detection.md'), {
    agreement: agreementTable(),
    caps: capList(),
    statistics: statisticTable(),
    purpose: purposeTable(),
    hypotheses: hypothesisTable(),
  })
  await expect(now).toMatchFileSnapshot('../../docs/detection.md')
})

const pages = ['README.md', 'CHANGELOG.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
)

/** `npm run bench` writes it. */
const MADE_LATER = 'docs/performance.md'

/** Anchors of the headings of a page, as code hosts make them: lower case, blanks as hyphens, no punctuation. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_\s-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  )

describe('links between pages', () => {
  test.each(pages)('%s', (page) => {
    const links = [...readPage(page).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, to]) => to!)
    const missing = links.map((to) => join(dirname(page), to)).filter((path) => !existsSync(path))
    expect(missing.filter((path) => path !== MADE_LATER)).toEqual([])
  })

  test.each(pages)('anchors in %s lead to headings', (page) => {
    const links = [...readPage(page).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
    const lost = links
      .map(([, to, anchor]) => ({ to: to === '' ? page : join(dirname(page), to!), anchor: anchor! }))
      .filter(({ to, anchor }) => to.endsWith('.md') && !anchorsOf(readPage(to)).has(anchor))
    expect(lost).toEqual([])
  })

  test('comments in the code name sections that there are', () => {
    const names = readdirSync('.', { recursive: true, encoding: 'utf8' }).filter(
      (path) => /^(src|test|bench)\/.*\.(ts|js)$/.test(path) && !path.startsWith('test/docs/'),
    )
    const named = names.flatMap((path) =>
      [
        ...readPage(path)
          .replaceAll(/\n\s*(\*|\/\/)/g, '')
          .matchAll(/(docs\/\w+\.md|README), "([^"]+)"/g),
      ].map(([, page, heading]) => ({ path, page: page === 'README' ? 'README.md' : page!, heading: heading! })),
    )
    expect(names.length).toBeGreaterThan(100)
    const lost = named.filter(
      ({ page, heading }) =>
        !new RegExp(`^#+ ${heading.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&')}$`, 'm').test(readPage(page)),
    )
    expect(lost).toEqual([])
  })
})

test.each(['src', 'test', 'bench', 'docs', 'schema'])(
  '%s names no document that is not in the repository',
  (folder) => {
    // Put together here, so that this file does not find itself.
    const elsewhere = new RegExp(
      `\\b(?:${['DES' + 'IGN', 'DETECT' + 'ION', 'PE' + 'ERS', 'STY' + 'LE'].join('|')}) \\d|\\bSTY${'LE'} trap`,
    )
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(ts|js|md|json)$/.test(name),
    )
    const found = files.flatMap((name) => {
      const match = elsewhere.exec(readPage(join(folder, name)))
      return match ? [`${folder}/${name}: ${match[0]}`] : []
    })
    expect(found).toEqual([])
  },
)
