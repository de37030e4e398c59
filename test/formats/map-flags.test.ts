import { expect, test } from 'vitest'
import { parseMapFlags } from '../../src/formats/map-flags.ts'

test('fields and columns, also with = and dots in the column', () => {
  expect(parseMapFlags(['account_id=uid', 'timestamp=a.b', 'ip=x=y', 'model= spaced '])).toEqual({
    account_id: 'uid',
    timestamp: 'a.b',
    ip: 'x=y',
    model: ' spaced ',
  })
  expect(parseMapFlags([])).toEqual({})
})

test.each([
  ['account_id', /is not FIELD=COLUMN/, /--map account_id=COLUMN/],
  ['=x', /is not FIELD=COLUMN/, /./],
  ['account_id=', /is not FIELD=COLUMN/, /./],
  ['acount_id=x', /unknown field 'acount_id'/, /'account_id'/],
  ['Card_Fingerprnt=x', /unknown field/, /'card_fingerprint'/],
  ['__proto__=x', /unknown field/, /./],
  ['zzzzzzzz=x', /unknown field/, /Use one of: timestamp, account_id/],
  ['\u001b[2J=x', /\\u\{1b\}/, /./],
])('%j is refused', (flag, message, hint) => {
  expect(() => parseMapFlags([flag])).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    }),
  )
})

test('a field comes once', () => {
  expect(() => parseMapFlags(['ip=a', 'ip=b'])).toThrow(expect.objectContaining({ code: 'USAGE' }))
})
