import type { Activity } from '../../model.ts'
import { formatCount } from '../table/words.ts'
import { type Buckets, bucketed, bucketHours } from './activity-buckets.ts'
import { axisStyle, type Chart, still } from './svg.ts'

const HOUR_MS = 3_600_000

/**
 * The network's requests over time as bars, those of accounts in no network as a line. Each in percent of its own
 * requests in the window, since one is a thousand times the other; `null` without requests of the network.
 */
export function timeline(network: Activity, background: Activity): Chart | null {
  const hours = bucketHours(Math.max(network.hourly.length, background.hourly.length))
  const own = bucketed(network, hours)
  if (own === null) return null
  const others = bucketed(background, hours)
  const fromMs = Math.min(own.fromMs, others?.fromMs ?? own.fromMs)
  const bars = shares(own, fromMs)
  const line = others === null ? [] : shares(others, fromMs)
  const length = Math.max(bars.length, line.length)
  const peak = own.counts.indexOf(Math.max(...own.counts))
  return {
    width: 700,
    height: 190,
    caption:
      'Requests over time: bars for the network, a dashed line for accounts in no network, each in percent of its own',
    label: `In steps of ${stepWords(hours)}. The network's highest step begins ${instant(own.fromMs + peak * hours * HOUR_MS)} with ${formatCount(own.counts[peak]!)} requests.`,
    option: {
      grid: { left: 40, right: 6, top: 8, bottom: 22 },
      xAxis: {
        ...axisStyle,
        type: 'category',
        data: Array.from({ length }, (_, i) => tick(fromMs + i * hours * HOUR_MS, hours)),
        splitLine: { show: false },
      },
      yAxis: { ...axisStyle, type: 'value', axisLabel: { ...axisStyle.axisLabel, formatter: '{value} %' } },
      series: [
        { ...still, type: 'bar', data: bars, itemStyle: { color: 'var(--network)' }, barCategoryGap: '20%' },
        {
          ...still,
          type: 'line',
          data: line,
          showSymbol: false,
          lineStyle: { color: 'var(--others)', width: 1.5, type: [4, 3] },
        },
      ],
    },
  }
}

/** Percent of all requests of the series, rounded to 0.01, from `fromMs` on. */
function shares({ fromMs: own, hours, counts }: Buckets, fromMs: number): number[] {
  const total = counts.reduce((sum, each) => sum + each, 0)
  const lead = new Array<number>(Math.round((own - fromMs) / (hours * HOUR_MS))).fill(0)
  return [...lead, ...counts.map((each) => (total === 0 ? 0 : Math.round((each / total) * 10_000) / 100))]
}

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const tick = (ms: number, hours: number): string => {
  const at = new Date(ms).toISOString()
  return hours < 24 ? `${at.slice(5, 10)} ${at.slice(11, 13)}h` : at.slice(5, 10)
}

/** `an hour`, `6 hours`, `a day`, `7 days`. */
export function stepWords(hours: number): string {
  if (hours === 1) return 'an hour'
  if (hours < 24) return `${hours} hours`
  return hours === 24 ? 'a day' : `${hours / 24} days`
}
