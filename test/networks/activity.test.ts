import { describe, expect, test } from 'vitest'
import { describeActivity, instant } from '../../src/networks/report-network.ts'

const hour = (iso: string): number => Date.parse(iso) / 3_600_000
const hoursOf = (requests: Readonly<Record<string, number>>): Map<number, number> =>
  new Map(Object.entries(requests).map(([iso, count]) => [hour(iso), count]))

describe('activity by hour', () => {
  test('from the first hour with requests to the last, empty ones as 0', () => {
    const hours = hoursOf({ '2026-06-01T03:00:00Z': 5, '2026-06-01T00:00:00Z': 2, '2026-06-01T01:00:00Z': 1 })
    expect(describeActivity({ hours })).toEqual({ from: '2026-06-01T00:00:00.000Z', hourly: [2, 1, 0, 5] })
  })

  test('none without requests', () => {
    expect(describeActivity({ hours: new Map() })).toEqual({ from: null, hourly: [] })
  })

  test('a stray time in the future does not blow it up', () => {
    const { from, hourly } = describeActivity({
      hours: hoursOf({ '2026-06-01T00:00:00Z': 2, '2090-01-01T00:00:00Z': 1 }),
    })
    expect({ from, hourly }).toEqual({ from: '2026-06-01T00:00:00.000Z', hourly: [2] })
  })

  test('a stray time in the past does not hide the rest', () => {
    const { hourly } = describeActivity({ hours: hoursOf({ '1999-01-01T00:00:00Z': 1, '2026-06-01T00:00:00Z': 500 }) })
    expect(hourly).toContain(500)
  })
})

test.each([
  [Date.parse('2026-06-01T00:00:06.979Z'), '2026-06-01T00:00:06.979Z'],
  [Number.NaN, null],
])('instant(%d) is %j', (ms, text) => {
  expect(instant(ms)).toBe(text)
})
