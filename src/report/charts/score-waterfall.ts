import type { Evidence, Network } from '../../model.ts'
import { formatBits } from '../table/words.ts'
import { axisStyle, type Chart, still } from './svg.ts'

const ROW = 24

/** How the bits of each signal add up to the score: every bar begins where the one above it ends. `null` if none counts. */
export function scoreWaterfall({ evidence, score }: Network): Chart | null {
  const counted = evidence.filter(({ countedBits }) => countedBits > 0).toSorted(strongestFirst)
  if (counted.length === 0) return null
  const rows = [...counted.map(({ signal, countedBits }) => [signal, countedBits] as const), ['score', score] as const]
  let sum = 0
  const starts = counted.map(({ countedBits }) => {
    sum += countedBits
    return Math.max(0, Math.round((sum - countedBits) * 10) / 10)
  })
  const parts = counted.map(({ signal, countedBits }) => `${signal} ${formatBits(countedBits)}`).join(', ')
  return {
    width: 700,
    height: rows.length * ROW + 30,
    caption: 'How the score adds up, in bits',
    label: `${parts}; score ${formatBits(score)}.`,
    option: {
      grid: { left: 200, right: 60, top: 4, bottom: 24 },
      xAxis: { ...axisStyle, type: 'value', min: 0 },
      yAxis: { ...axisStyle, type: 'category', inverse: true, data: rows.map(([name]) => name) },
      series: [
        { ...still, type: 'bar', stack: 'bits', data: [...starts, 0], itemStyle: { color: 'none' } },
        {
          ...still,
          type: 'bar',
          stack: 'bits',
          barWidth: 14,
          data: rows.map(([, bits], i) => ({
            value: bits,
            itemStyle: { color: i === rows.length - 1 ? 'var(--ink)' : 'var(--network)' },
          })),
          label: {
            show: true,
            position: 'right',
            color: 'var(--ink)',
            fontSize: 11,
            textBorderWidth: 0,
            formatter: ({ value }: { readonly value: number }) => formatBits(value),
          },
        },
      ],
    },
  }
}

/** Ties are broken by the signal's id, so that the order never depends on how the document was made. */
export const strongestFirst = (a: Evidence, b: Evidence): number =>
  b.countedBits - a.countedBits || b.bits - a.bits || (a.signal < b.signal ? -1 : 1)
