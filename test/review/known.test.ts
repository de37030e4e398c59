import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ScanError } from '../../src/errors.ts'
import { parseKnown } from '../../src/review/known.ts'

const HEADER = 'account_id,organization_id,owner,reason,expires,group'
const known = (text: string, name = 'known.csv') => parseKnown([{ name, text }])

function failure(...texts: readonly string[]): ScanError {
  try {
    parseKnown(texts.map((text, i) => ({ name: `${i}.csv`, text })))
  } catch (error) {
    if (error instanceof ScanError) return error
    throw error
  }
  throw new Error('nothing was wrong')
}

describe('a file of declarations', () => {
  test('is read by the names of its columns, in any order and case, with blanks and a byte order mark', () => {
    const text = '\ufeffExpires , OWNER,reason,account_id\r\n 2026-12-31 ,Harbour Desk, "reseller, of record",acct_1\n'
    expect(known(text)).toEqual([
      {
        ...{ path: 'known.csv', line: 2, by: 'account_id', id: 'acct_1', owner: 'Harbour Desk' },
        ...{ reason: 'reseller, of record', expires: '2026-12-31', group: '' },
      },
    ])
  })

  test('declares accounts, organisations or both, a line each', () => {
    const rows = known(`${HEADER}\na,,O,r,2026-12-31,g\n,org_1,O,r,2026-12-31,\n`)
    expect(rows.map(({ by, id, group, line }) => [line, by, id, group])).toEqual([
      [2, 'account_id', 'a', 'g'],
      [3, 'organization_id', 'org_1', ''],
    ])
  })

  test('without a record declares nobody', () => {
    expect(known(`${HEADER}\n`)).toEqual([])
    expect(known(`${HEADER}\n\n,,,,,\n`)).toEqual([])
  })

  test('tells lines as an editor counts them, past blank lines and line breaks in quotes', () => {
    const text = `\n${HEADER}\n\na,,O,"two\nlines",2026-12-31,\n\nb,,O,r,2026-12-31,\n`
    expect(known(text).map(({ line }) => line)).toEqual([4, 7])
  })
})

describe('what is wrong', () => {
  test('is told all at once, over all files, with file and line', () => {
    const error = failure(
      `${HEADER}\na,,,r,2026-12-31,\nb,,O,,,\n,,O,r,31.12.2026,\nc,o,O,r,2026-02-30,\nd,,O,r\n`,
      'account_id,owner,reason,expires\ne,O,r,2026-12-31\ne,O,r,2026-12-31\n',
    )
    expect(error.code).toBe('CONFIG_INVALID')
    expect(error.exitCode).toBe(2)
    expect(error.message.replace('--known: ', '').split('; ').sort()).toEqual([
      '0.csv:2 has no owner',
      '0.csv:3 has no reason and has no expiry date',
      '0.csv:4 has no account_id and no organization_id and has an expiry date that is no YYYY-MM-DD',
      '0.csv:5 has an account_id and an organization_id: write two lines and has an expiry date that is no YYYY-MM-DD',
      '0.csv:6 has 4 fields, the header 6',
      '1.csv:3 declares what 1.csv:2 declares already',
    ])
  })

  test('an id twice, also in another file, and not an account and an organisation of one id', () => {
    const line = 'account_id,owner,reason,expires\na,O,r,2026-12-31\n'
    expect(failure(line, line).message).toBe('--known: 1.csv:2 declares what 0.csv:2 declares already')
    expect(known(`${HEADER}\na,,O,r,2026-12-31,\n,a,O,r,2026-12-31,\n`)).toHaveLength(2)
  })

  test.each([
    ['', '0.csv:1 has not even a header'],
    ['acct_1,Harbour Desk,reseller,2026-12-31\n', '0.csv:1 is no header'],
    ['account_id,owner,reason,expires,notes,x\n', '0.csv:1 names an unknown column, number 5, 6'],
    ['account_id,owner,reason,expires,owner\n', '0.csv:1 names the column owner twice'],
    ['account_id,owner\n', '0.csv:1 names no column reason, expires'],
    ['account_id,label\na,confirmed\n', '0.csv:1 holds labels, which are for --labels'],
    ['account_id,network,class,kind\n', '0.csv:1 holds labels, which are for --labels'],
    ['account_id,owner,reason,expires\na,"O,r,2026\n', '0.csv:2 is not readable as CSV: check its quotes'],
  ])('a file like %j', (text, message) => {
    expect(failure(text).message).toBe(`--known: ${message}`)
  })

  test('many lines are counted and not listed', () => {
    const text = `account_id,owner,reason,expires\n${'a,,r,2026-12-31\n'.repeat(30)}`
    expect(failure(text).message).toMatch(/; and 10 more$/)
  })

  test('is never quoted', () => {
    const secret = fc.string({ unit: fc.constantFrom('Q', 'X', '\u001b', ',', '"', '\n', '\u202e'), minLength: 3 })
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 6 }), fc.boolean(), (cells, hasHeader) => {
        const text = `${hasHeader ? `${HEADER}\n` : ''}${cells.join(',')}\nacct_9,,,,,`
        const { message, hint } = failure(text)
        for (const part of ['Q', 'X', '\u001b', '\u202e', 'acct_9']) expect(message + hint).not.toContain(part)
      }),
    )
  })
})
