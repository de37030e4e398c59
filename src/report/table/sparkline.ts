import type { Activity } from '../../model.ts'
import { formatCount } from './words.ts'

const HOUR_MS = 3_600_000
/** Windows of fewer hours are shown by quarters of a day: three bars would say nothing. */
const DAYS_FROM_HOURS = 96

/** No request, then eighths of the tallest column; digits where only ASCII can be shown. */
const BARS = Array.from('·▁▂▃▄▅▆▇█')
const DIGITS = Array.from('012345678')

export interface SparklineOptions {
  /** Columns at most, 2 or more; a longer window has more hours in a column. */
  readonly width: number
  /** Whether characters outside ASCII may be printed. */
  readonly unicode: boolean
}

/** How busy a network was over its window, as a picture and in numbers. */
export interface Sparkline {
  /** One character per column, no blanks; at most `width` of them. */
  readonly bars: string
  /** What a column is, and how many requests the tallest has, and when: the picture in words. */
  readonly caption: string
}

/**
 * Requests per day of UTC, or per quarter of a day in a window of fewer than four days, as a row of bars. A bar is
 * the count in eighths of the tallest, rounded up, so that one request is never shown as none.
 *
 * @returns `null` without a request, and where all of them fall into one column, which says nothing
 */
export function sparkline(activity: Activity, { width, unicode }: SparklineOptions): Sparkline | null {
  if (activity.from === null || !activity.hourly.some((count) => count > 0)) return null
  const firstHour = Math.floor(Date.parse(activity.from) / HOUR_MS)
  const hours = stepOf(firstHour, activity.hourly.length, Math.max(2, Math.floor(width)))
  const counts = columnsOf(firstHour, activity.hourly, hours)
  if (counts.length < 2) return null
  const tallest = counts.reduce((most, count) => Math.max(most, count), 0)
  const glyphs = unicode ? BARS : DIGITS
  const startHour = (Math.floor(firstHour / hours) + counts.indexOf(tallest)) * hours
  return {
    bars: counts.map((count) => glyphs[Math.ceil((count / tallest) * 8)]).join(''),
    caption: captionOf({ hours, tallest, startHour, none: counts.includes(0) ? glyphs[0]! : null }),
  }
}

/** Hours in a column: a day or a quarter of one, or as many of these as make the window fit. */
function stepOf(firstHour: number, length: number, width: number): number {
  const unit = length < DAYS_FROM_HOURS ? 6 : 24
  let hours = unit
  while (columnCount(firstHour, length, hours) > width) hours += unit
  return hours
}

const columnCount = (firstHour: number, length: number, hours: number): number =>
  Math.floor((firstHour + length - 1) / hours) - Math.floor(firstHour / hours) + 1

/** Columns begin at whole multiples of their length since the epoch, so that days are days of UTC. */
function columnsOf(firstHour: number, hourly: readonly number[], hours: number): number[] {
  const counts = new Array<number>(columnCount(firstHour, hourly.length, hours)).fill(0)
  const first = Math.floor(firstHour / hours)
  for (const [i, count] of hourly.entries()) counts[Math.floor((firstHour + i) / hours) - first]! += count
  return counts
}

interface Facts {
  readonly hours: number
  readonly tallest: number
  readonly startHour: number
  /** The glyph for no request, if it occurs. */
  readonly none: string | null
}

function captionOf({ hours, tallest, startHour, none }: Facts): string {
  const start = new Date(startHour * HOUR_MS).toISOString()
  const when = hours < 24 ? `${start.slice(0, 10)} ${start.slice(11, 16)} UTC` : start.slice(0, 10)
  const requests = `${formatCount(tallest)} ${tallest === 1 ? 'request' : 'requests'}`
  return `a column is ${lengthWords(hours)}, the tallest ${requests} from ${when}${none === null ? '' : `; ${none} is none`}`
}

function lengthWords(hours: number): string {
  if (hours === 24) return 'a day'
  return hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`
}
