import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeJson, safeText } from '../../src/report/safe-text.ts'

const anything = fc.string({ unit: 'binary', maxLength: 300 })
const hostile = fc.array(
  fc.constantFrom(
    '\u001b[31m',
    '\u0007',
    '\u009b2J',
    '\u202e',
    '\u2066',
    '\u200b',
    '\ufeff',
    '\ud800',
    '\udc00',
    '\r\n',
    'é',
    '漢',
    '😀',
    'a',
  ),
)
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

test.each([
  ['a plain name', 'acct_81ae57', 'acct_81ae57'],
  ['an escape sequence', '\u001b[2Jgone', '\\u{1b}[2Jgone'],
  ['an 8-bit escape sequence', '\u009b31m', '\\u{9b}31m'],
  ['a line break that forges a row', 'a\nb\r', 'a\\u{a}b\\u{d}'],
  ['a bidirectional override', 'invoice\u202egpj.exe', 'invoice\\u{202e}gpj.exe'],
  ['a zero-width space', 'ac\u200bct', 'ac\\u{200b}ct'],
  ['an invisible letter', 'a\u3164b', 'a\\u{3164}b'],
  ['a tag character beyond the basic plane', 'a\u{e0041}', 'a\\u{e0041}'],
  ['half a character', 'a\ud83d', 'a\\u{d83d}'],
  ['a space that is none', 'a\u00a0b', 'a\\u{a0}b'],
  ['letters of all scripts', 'Zoë 漢字 😀', 'Zoë 漢字 😀'],
])('%s', (_, text, shown) => {
  expect(safeText(text)).toBe(shown)
})

test('in ASCII, nothing else is left and the ellipsis is three dots', () => {
  expect(safeText('Zoë…', { ascii: true })).toBe('Zo\\u{eb}...')
  expect(safeText('abcdefgh', { ascii: true, maxLength: 6 })).toBe('abc...')
})

test('a long text ends in an ellipsis', () => {
  expect(safeText('abcdefgh', { maxLength: 6 })).toBe('abcde…')
  expect(safeText('abcdef', { maxLength: 6 })).toBe('abcdef')
  expect(safeText('x'.repeat(1e7), { maxLength: 10 })).toBe(`${'x'.repeat(9)}…`)
})

test('no control, format or half character survives, and the length is bounded', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anything,
        hostile.map((parts) => parts.join('')),
      ),
      fc.integer({ min: 4, max: 80 }),
      (text, maxLength) => {
        const shown = safeText(text, { maxLength })
        expect(shown).not.toMatch(INVISIBLE)
        expect(Array.from(shown).length).toBeLessThanOrEqual(maxLength)
        expect(safeText(text, { maxLength, ascii: true })).toMatch(/^[\x20-\x7e]*$/)
      },
    ),
    { numRuns: 2000 },
  )
})

test('escaped JSON means the same and shows nothing raw', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), hostile, (value, parts) => {
      const held = { value, parts, text: parts.join('') }
      const json = escapeJson(JSON.stringify(held, null, 2))
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(held)))
      expect(json.replaceAll('\n', '')).not.toMatch(INVISIBLE)
    }),
  )
})
