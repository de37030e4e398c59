import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { describeProgram } from '../../src/cli/describe-program.ts'
import { buildProgram, EXAMPLES } from '../../src/cli/program.ts'
import { EXIT } from '../../src/errors.ts'
import { SETTING_NAMES } from '../../src/settings.ts'
import { version } from '../../src/version.ts'
import { recordedIo } from '../helpers/io.ts'
import { manPage } from './man-page.ts'

/** `npx vitest run test/docs -u` writes `man/distill-scan.1`. */

const PAGE = 'man/distill-scan.1'
const context = { io: recordedIo(), signal: new AbortController().signal }
const commands = describeProgram(buildProgram(context, { exitCode: 0, texts: [] }), 'scan')
const page = manPage({ commands, help: EXAMPLES, version })

const has = (tool: string): boolean => {
  const isThere = spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0
  if (!isThere) console.warn(`${tool} is not installed: the man page is not checked with it`)
  return isThere
}

test('the man page is the one that the command definitions make, and is in the package', async () => {
  await expect(page).toMatchFileSnapshot(`../../${PAGE}`)
  const { man, files } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(man).toBe(`./${PAGE}`)
  expect(files).toContain('man')
})

test('it is plain ASCII, and no line of text is taken for a request', () => {
  expect(page).toMatch(/^[\n\x20-\x7e]*$/)
  const requests = [...new Set([...page.matchAll(/^[.'](\S*)/gm)].map(([, name]) => name))]
  expect(requests.sort()).toEqual(['PP', 'SH', 'SS', 'TH', 'TP', '\\"', 'fi', 'nf'])
})

describe.skipIf(!has('man') || !has('groff'))('man', () => {
  const shown = (): string =>
    execFileSync('man', ['-l', '--warnings=w', '--no-hyphenation', PAGE], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        LC_ALL: 'C.UTF-8',
        MANWIDTH: '200',
        MANPAGER: 'cat',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  test('shows every command, flag, choice, setting and exit code', () => {
    const flat = shown().replaceAll(/\s+/g, ' ')
    for (const { path, flags } of commands) {
      expect(flat).toContain(['distill-scan', ...path.filter((name) => name !== 'scan')].join(' '))
      for (const { names, choices } of flags) {
        expect(flat).toContain(names.join(', '))
        expect(flat).toContain(choices.join(', '))
      }
    }
    for (const name of SETTING_NAMES) expect(flat).toMatch(new RegExp(` ${name} `))
    for (const code of Object.values(EXIT)) expect(flat).toMatch(new RegExp(` ${code} [A-Z]|[(]${code}: `))
    expect(flat).toContain("$ distill-scan 'logs/*.ndjson.gz'".slice(2))
  })

  test('groff has nothing to say against it', () => {
    const { stderr, status } = spawnSync('groff', ['-man', '-ww', '-z', '-Tutf8', PAGE], { encoding: 'utf8' })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  })
})

test.skipIf(!has('mandoc'))('mandoc has no warning for it', () => {
  const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', PAGE], { encoding: 'utf8' })
  // A date would have to be changed by hand, and be wrong sooner or later; the version says what the page is of.
  expect(stdout.split('\n').filter((line) => line !== '' && !line.includes('missing date'))).toEqual([])
})
