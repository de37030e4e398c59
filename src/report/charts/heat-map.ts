import type { Activity } from '../../model.ts'
import { formatCount } from '../table/words.ts'
import { weekOf } from './activity-buckets.ts'
import { axisStyle, type Chart, still } from './svg.ts'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
/** Steps of shade above none, the darkest for the busiest hour. */
const STEPS = 5

/** Requests by day of the week and hour of the day (UTC); `null` without any. */
export function heatMap(activity: Activity): Chart | null {
  const week = weekOf(activity)
  const cells = week.flatMap((hours, day) => hours.map((requests, hour) => ({ day, hour, requests })))
  const most = cells.reduce((best, cell) => (cell.requests > best.requests ? cell : best))
  if (most.requests === 0) return null
  const quiet = cells.filter(({ requests }) => requests === 0).length
  const data = cells.map(({ day, hour, requests }) => [hour, day, Math.ceil((requests / most.requests) * STEPS)])
  return {
    width: 460,
    height: 190,
    caption: 'Requests by day of the week and hour of the day, UTC',
    label: `Busiest: ${DAYS[most.day]} ${most.hour}:00 with ${formatCount(most.requests)} requests; ${quiet} of 168 hours of the week without any.`,
    option: {
      grid: { left: 34, right: 4, top: 4, bottom: 22 },
      xAxis: {
        ...axisStyle,
        type: 'category',
        data: week[0]!.map((_, hour) => String(hour)),
        splitLine: { show: false },
      },
      yAxis: { ...axisStyle, type: 'category', data: DAYS, inverse: true, splitLine: { show: false } },
      visualMap: {
        type: 'piecewise',
        show: false,
        pieces: Array.from({ length: STEPS + 1 }, (_, step) => ({ value: step, color: `var(--heat-${step})` })),
      },
      series: [{ ...still, type: 'heatmap', data, itemStyle: { borderColor: 'var(--paper)', borderWidth: 1 } }],
    },
  }
}
