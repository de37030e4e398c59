import { describe, expect, test } from 'vitest'
import { ScanError } from '../../src/errors.ts'
import { parseDecisions } from '../../src/review/labels.ts'

const labels = (...texts: readonly string[]) => parseDecisions(texts.map((text, i) => ({ name: `${i}.csv`, text })))

function failure(...texts: readonly string[]): string {
  try {
    labels(...texts)
  } catch (error) {
    if (error instanceof ScanError && error.code === 'CONFIG_INVALID') return error.message
    throw error
  }
  throw new Error('nothing was wrong')
}

describe('a file of labels', () => {
  test('says confirmed or cleared of accounts, with or without a day', () => {
    expect(labels('account_id,label,date,reason\na,Confirmed,2026-06-05,chargebacks\nb,cleared,,\n')).toEqual([
      { accountId: 'a', verdict: 'confirmed', date: '2026-06-05' },
      { accountId: 'b', verdict: 'cleared', date: null },
    ])
    expect(labels('label,account_id\nconfirmed,a\n')).toEqual([{ accountId: 'a', verdict: 'confirmed', date: null }])
  })

  test('without a record says nothing', () => {
    expect(labels('account_id,label\n')).toEqual([])
  })

  test('may repeat itself: the latest day counts, in any order', () => {
    const header = 'account_id,label,date\n'
    const [early, late, none] = ['a,confirmed,2026-05-01\n', 'a,confirmed,2026-06-05\n', 'a,confirmed,\n']
    for (const order of [early + late + none, none + late + early, late + none + early])
      expect(labels(header + order)).toEqual([{ accountId: 'a', verdict: 'confirmed', date: '2026-06-05' }])
    expect(labels(header + early, header + late)[0]?.date).toBe('2026-06-05')
  })
})

describe('what is wrong', () => {
  test('is told all at once', () => {
    const text = 'account_id,label,date\na,banned,\n,cleared,\nb,cleared,yesterday\nc,cleared\n'
    expect(failure(text).replace('--labels: ', '').split('; ').sort()).toEqual([
      '0.csv:2 has a label that is not confirmed or cleared',
      '0.csv:3 has no account_id',
      '0.csv:4 has a date that is no YYYY-MM-DD',
      '0.csv:5 has 2 fields, the header 3',
    ])
  })

  test('two labels against each other, also in two files', () => {
    const message = 'contradicts: keep one of the two'
    expect(failure('account_id,label\na,confirmed\na,cleared\n')).toBe(
      `--labels: 0.csv:3 is cleared, which 0.csv:2 ${message}`,
    )
    expect(failure('account_id,label\na,cleared\n', 'account_id,label\na,confirmed\n')).toBe(
      `--labels: 1.csv:2 is confirmed, which 0.csv:2 ${message}`,
    )
  })

  test.each([
    ['account_id,network,class,kind\n', 'which is for: distill-scan evaluate REPORT --labels FILE'],
    ['account_id,network\n', 'which is for: distill-scan evaluate REPORT --labels FILE'],
    ['account_id,owner,reason,expires\n', 'which are for --known'],
  ])('the file of another flag is known by its header: %j', (text, message) => {
    expect(failure(text)).toContain(message)
  })
})
