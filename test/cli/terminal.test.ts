import { expect, test } from 'vitest'
import { reportWidth, wantsColor, wantsUnicode } from '../../src/cli/terminal.ts'

const terminal = true
const pipe = false

test.each([
  // flag > FORCE_COLOR > NO_COLOR (non-empty) > TERM=dumb > stdout is a terminal
  ['a terminal', undefined, {}, terminal, true],
  ['a pipe', undefined, {}, pipe, false],
  ['--color beats everything', true, { NO_COLOR: '1', TERM: 'dumb' }, pipe, true],
  ['--no-color beats everything', false, { FORCE_COLOR: '1' }, terminal, false],
  ['FORCE_COLOR beats NO_COLOR', undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, pipe, true],
  ['FORCE_COLOR beats TERM=dumb', undefined, { FORCE_COLOR: '3', TERM: 'dumb' }, pipe, true],
  ['FORCE_COLOR=0 is none', undefined, { FORCE_COLOR: '0' }, terminal, false],
  ['FORCE_COLOR=false is none', undefined, { FORCE_COLOR: 'false' }, terminal, false],
  ['an empty FORCE_COLOR says nothing', undefined, { FORCE_COLOR: '' }, pipe, false],
  ['NO_COLOR', undefined, { NO_COLOR: '1' }, terminal, false],
  ['any NO_COLOR', undefined, { NO_COLOR: '0' }, terminal, false],
  ['an empty NO_COLOR says nothing', undefined, { NO_COLOR: '' }, terminal, true],
  ['TERM=dumb', undefined, { TERM: 'dumb' }, terminal, false],
] as const)('colour: %s', (_, flag, env, isTerminal, wanted) => {
  expect(wantsColor({ flag, env, isTerminal })).toBe(wanted)
})

test.each([
  ['a UTF-8 locale', { LANG: 'en_GB.UTF-8' }, 'linux', true],
  ['the same spelt otherwise', { LANG: 'C.utf8' }, 'linux', true],
  ['a Latin locale', { LANG: 'de_DE.ISO-8859-1' }, 'linux', false],
  ['LC_ALL beats LANG', { LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, 'linux', false],
  ['an empty LC_ALL says nothing', { LC_ALL: '', LANG: 'en_GB.UTF-8' }, 'linux', true],
  ['LC_CTYPE beats LANG', { LC_CTYPE: 'C.UTF-8', LANG: 'C' }, 'linux', true],
  ['no locale', {}, 'linux', false],
  ['no locale on Windows', {}, 'win32', true],
  ['TERM=dumb', { TERM: 'dumb', LANG: 'en_GB.UTF-8' }, 'linux', false],
] as const)('Unicode: %s', (_, env, platform, wanted) => {
  expect(wantsUnicode(env, platform)).toBe(wanted)
})

test.each([
  ['the terminal', {}, 132, 132],
  ['COLUMNS in a pipe', { COLUMNS: '160' }, null, 160],
  ['a terminal beats COLUMNS', { COLUMNS: '160' }, 100, 100],
  ['nonsense', { COLUMNS: 'wide' }, null, 80],
  ['nothing', {}, null, 80],
  ['a terminal that does not know', {}, 0, 80],
] as const)('width: %s', (_, env, columns, width) => {
  expect(reportWidth(env, columns)).toBe(width)
})
