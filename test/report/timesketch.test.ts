import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { type ReportStyle, reports } from '../../src/report/registry.ts'
import { hostileResult } from '../helpers/hostile-results.ts'
import { aNetwork, aResult } from '../helpers/results.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 5 }
const renderTimesketch = await reports.timesketch.load()

type Row = Readonly<Record<string, string>>
const rowsOf = (result: ScanResult): Row[] => parse(renderTimesketch(result, style), { columns: true })

/** Two accounts; 3 requests from 22:00 on, 0 the next day, 7 the day after. */
const small = aNetwork({
  accounts: ['acct_1', 'acct_2'],
  requests: 10,
  activity: { from: '2026-06-01T22:00:00.000Z', hourly: [1, 2, ...Array.from({ length: 24 }, () => 0), 7] },
  firstSeen: '2026-06-01T22:10:00.000Z',
  lastSeen: '2026-06-03T00:30:00.000Z',
  members: [
    {
      ...aNetwork().members[0]!,
      accountId: 'acct_1',
      requests: 9,
      firstSeen: '2026-06-01T22:10:00.000Z',
      lastSeen: '2026-06-03T00:30:00.000Z',
    },
    { ...aNetwork().members[0]!, accountId: 'acct_2', requests: 0, firstSeen: null, lastSeen: null },
  ],
})

describe('a timeline', () => {
  test('has the beginning and the end of networks and accounts, and the requests of each day', () => {
    const rows = rowsOf(aResult({ networks: [small] }))
    expect(rows.map((row) => [row.datetime, row.timestamp_desc, row.account_id, row.requests])).toEqual([
      ['2026-06-01T22:00:00.000Z', 'Requests of the day', '', '3'],
      ['2026-06-01T22:10:00.000Z', 'Network first activity', '', '10'],
      ['2026-06-01T22:10:00.000Z', 'Account first seen', 'acct_1', '9'],
      ['2026-06-03T00:00:00.000Z', 'Requests of the day', '', '7'],
      ['2026-06-03T00:30:00.000Z', 'Account last seen', 'acct_1', '9'],
      ['2026-06-03T00:30:00.000Z', 'Network last activity', '', '10'],
    ])
    expect(rows[1]).toEqual({
      message: 'Network m4k7q2xw5a begins: 2 accounts, assessed to be under common control; 19.2 bits, severity high',
      datetime: '2026-06-01T22:10:00.000Z',
      timestamp_desc: 'Network first activity',
      network_id: 'm4k7q2xw5a',
      network_rank: '1',
      severity: 'high',
      claim: 'common-control',
      confidence: 'high',
      score: '19.2',
      account_id: '',
      cell: '',
      requests: '10',
      output_tokens: '73411290',
    })
    expect(rows.map((row) => row.message).slice(2, 4)).toEqual([
      'Account acct_1 of network m4k7q2xw5a appears',
      'Network m4k7q2xw5a: 7 requests on 2026-06-03',
    ])
  })

  test('is its header when nothing was found', () => {
    const text = renderTimesketch(aResult(), style)
    expect(text).toMatch(/^message,datetime,timestamp_desc,[^\r\n]*\n$/)
  })

  test('does not depend on the order of networks and members', () => {
    const other = aNetwork({ id: 'z3h5j6k2pa', rank: 2 })
    const turned = { ...other, members: other.members.toReversed() }
    expect(renderTimesketch(aResult({ networks: [turned, small] }), style)).toBe(
      renderTimesketch(aResult({ networks: [small, other] }), style),
    )
  })

  test('loses no request of the hours', () => {
    const days = rowsOf(aResult({ networks: [aNetwork()] })).filter(
      (row) => row.timestamp_desc === 'Requests of the day',
    )
    expect(days.map((row) => row.requests)).toEqual(['1159'])
  })

  test('stays a table in order whatever the values, numbers stay numbers', () => {
    fc.assert(
      fc.property(hostileResult, (result) => {
        const rows = rowsOf(result)
        const times = rows.map((row) => row.datetime!)
        expect(times).toEqual(times.toSorted())
        for (const row of rows) {
          expect(row.datetime).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/)
          expect(`${row.network_rank} ${row.requests}`).toMatch(/^\d+ \d+$/)
          for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/u)
        }
      }),
      { numRuns: 300 },
    )
  })
})
