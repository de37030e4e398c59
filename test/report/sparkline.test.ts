import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Activity } from '../../src/model.ts'
import { type SparklineOptions, sparkline } from '../../src/report/table/sparkline.ts'
import { renderTable } from '../../src/report/table.ts'
import { aNetwork, aResult } from '../helpers/results.ts'

const options: SparklineOptions = { width: 60, unicode: true }
const from = '2026-06-01T00:00:00.000Z'

/** Every day has its count in its hour 12. */
const ofDays = (counts: readonly number[], start = from): Activity => ({
  from: start,
  hourly: counts.flatMap((count) => Array.from({ length: 24 }, (_, hour) => (hour === 12 ? count : 0))),
})

describe('a column per day', () => {
  test('eighths of the tallest, rounded up; none is told from few', () => {
    // 800 is the tallest: 100 are 1/8, 101 round up to 2/8, 1 rounds up to 1/8.
    expect(sparkline(ofDays([800, 100, 101, 1, 0, 400, 700]), options)).toEqual({
      bars: '█▁▂▁·▄▇',
      caption: 'a column is a day, the tallest 800 requests from 2026-06-01; · is none',
    })
  })

  test('in ASCII the eighths are digits', () => {
    expect(sparkline(ofDays([800, 100, 101, 1, 0, 400, 700]), { ...options, unicode: false })).toEqual({
      bars: '8121047',
      caption: 'a column is a day, the tallest 800 requests from 2026-06-01; 0 is none',
    })
  })

  test('days are days of UTC wherever the window begins', () => {
    // 100 hours from 18:00 on: six hours of the first day, three whole days, 22 hours of the fifth.
    const drawn = sparkline({ from: '2026-06-01T18:00:00.000Z', hourly: new Array(100).fill(1) }, options)
    // 6, 24, 24, 24 and 22 requests: 2/8, three times 8/8, 22/24 = 7.3/8 rounds up to 8/8
    expect(drawn?.bars).toBe('▂████')
    expect(drawn?.caption).toContain('24 requests from 2026-06-02')
  })

  test('a long window has several days in a column', () => {
    const drawn = sparkline(ofDays(new Array(200).fill(1)), options)
    expect(Array.from(drawn!.bars).length).toBeLessThanOrEqual(60)
    expect(drawn!.caption).toMatch(/^a column is 4 days, the tallest 4 requests from /)
  })
})

test('fewer than four days are drawn by quarters of a day', () => {
  const hourly = [1, 0, 0, 0, 0, 0, /* 06 */ 3, 1, 0, 0, 0, 0, /* 12 */ 0, 0, 0, 0, 0, 0, /* 18 */ 2]
  expect(sparkline({ from, hourly }, options)).toEqual({
    bars: '▂█·▄',
    caption: 'a column is 6 hours, the tallest 4 requests from 2026-06-01 06:00 UTC; · is none',
  })
})

test.each<readonly [string, Activity]>([
  ['without an instant', { from: null, hourly: [] }],
  ['without hours', { from, hourly: [] }],
  ['without a request', { from, hourly: new Array(200).fill(0) }],
  ['of one column', { from, hourly: [5, 3, 1] }],
])('nothing is shown for activity %s', (_, activity) => {
  expect(sparkline(activity, options)).toBeNull()
  const text = renderTable(aResult({ networks: [aNetwork({ activity })] }), {
    ...{ width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 1 },
  })
  expect(text).not.toContain('a column is')
})

test('whatever the activity: it fits, the tallest is full, nothing is lost, and zeros alone are drawn as none', () => {
  const counts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1e6 })), { minLength: 1, maxLength: 2000 })
  const start = fc.integer({ min: 0, max: 1e6 }).map((hour) => new Date(hour * 3_600_000).toISOString())
  fc.assert(
    fc.property(counts, start, fc.integer({ min: 2, max: 120 }), fc.boolean(), (hourly, begin, width, unicode) => {
      const drawn = sparkline({ from: begin, hourly }, { width, unicode })
      if (drawn === null) return
      const bars = Array.from(drawn.bars)
      expect(bars.length).toBeGreaterThan(1)
      expect(bars.length).toBeLessThanOrEqual(width)
      expect(drawn.bars).toMatch(unicode ? /^[·▁▂▃▄▅▆▇█]*█[·▁▂▃▄▅▆▇█]*$/ : /^[0-8]*8[0-8]*$/)
      const filled = bars.filter((bar) => bar !== '·' && bar !== '0').length
      const total = hourly.reduce((sum, count) => sum + count, 0)
      const tallest = Number(/tallest ([\d,]+) /.exec(drawn.caption)![1]!.replaceAll(',', ''))
      expect(tallest * filled).toBeGreaterThanOrEqual(total)
      expect(filled).toBeLessThanOrEqual(hourly.filter((count) => count > 0).length)
    }),
  )
})

test.each([60, 80])('the table report fits %i columns with it', (width) => {
  const network = aNetwork({ activity: ofDays(Array.from({ length: 90 }, (_, day) => day)) })
  const text = renderTable(aResult({ networks: [network] }), {
    ...{ width, color: false, unicode: true, minSeverity: 'low', top: null, details: 1 },
  })
  expect(text).toContain('█')
  expect(text.split('\n').filter((line) => Array.from(line).length > width)).toEqual([])
})
