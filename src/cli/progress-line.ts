import { formatCount } from '../report/table/words.ts'
import { formatBytes } from './format-bytes.ts'

/** What is known of the running step. */
export interface StepFacts {
  /** Name of the step, for people. */
  readonly label: string
  /** In [0, 1]; `null` where it is not known. */
  readonly share: number | null
  /** Bytes read in this step; `null` where nobody counts them. */
  readonly done: number | null
  /** Bytes to be read in this step; `null` where it is not known. */
  readonly all: number | null
  readonly rows: number | null
  /** Since the step began. */
  readonly seconds: number
}

/** A rate over less time says nothing yet. */
const LEAST_SECONDS = 1
/** Of so small a share nobody can tell how long the rest takes. */
const LEAST_SHARE = 0.02

const BAR = 20
const LEAST_BAR = 8

/**
 * What is said of a step beside its name, most important first: share, bytes, rows, rate, and how long the step will
 * take from here at the rate that it had so far. Nothing is guessed: what is not known is not there.
 */
export function stepParts({ share, done, all, rows, seconds }: StepFacts): string[] {
  const isRated = seconds >= LEAST_SECONDS
  const parts: string[] = []
  if (share !== null) parts.push(`${Math.floor(clamp(share) * 100)} %`)
  if (done !== null)
    parts.push(all === null ? formatBytes(done) : `${formatBytes(Math.min(done, all))} of ${formatBytes(all)}`)
  else if (all !== null) parts.push(formatBytes(all))
  if (rows !== null) parts.push(`${formatCount(rows)} rows`)
  if (done !== null && isRated) parts.push(`${formatBytes(done / seconds)}/s`)
  if (share !== null && share >= LEAST_SHARE && share < 1 && isRated)
    parts.push(`${formatSeconds((seconds * (1 - share)) / share)} left`)
  else if (share === null && isRated) parts.push(formatSeconds(seconds))
  return parts
}

/** `reading 45 %, 1.3 GiB of 2.8 GiB, 310 MiB/s, 5 s left`, for a file or a log. */
export const plainLine = (facts: StepFacts): string => {
  const parts = stepParts(facts)
  return parts.length === 0 ? facts.label : `${facts.label}: ${parts.join(', ')}`
}

/**
 * The same in one line of a terminal, with a bar where the share is known and there is room for it.
 *
 * @param columns what fits; parts that do not are left out from the end, then the name is cut
 */
export function barLine(facts: StepFacts, columns: number): string {
  const parts = stepParts(facts)
  while (parts.length > 0 && widthOf(joined(facts.label, parts)) > columns) parts.pop()
  const text = joined(facts.label, parts)
  const room = columns - widthOf(text) - 4 // two blanks and the brackets
  if (facts.share === null || parts.length === 0 || room < LEAST_BAR) return cut(text, columns)
  const length = Math.min(BAR, room)
  const filled = Math.floor(clamp(facts.share) * length)
  return joined(facts.label, [`[${'#'.repeat(filled)}${'-'.repeat(length - filled)}]`, ...parts])
}

const joined = (label: string, parts: readonly string[]): string => [label, ...parts].join('  ')

const clamp = (share: number): number => Math.min(1, Math.max(0, share))

/** Characters from here on may take two columns (Hangul, CJK, pictures); to count too many is harmless. */
const FIRST_WIDE = 0x1100

const columnsOf = (char: string): number => (char.codePointAt(0)! >= FIRST_WIDE ? 2 : 1)

function widthOf(text: string): number {
  let width = 0
  for (const char of text) width += columnsOf(char)
  return width
}

function cut(text: string, columns: number): string {
  let width = 0
  let shown = ''
  for (const char of text) {
    width += columnsOf(char)
    if (width > columns) break
    shown += char
  }
  return shown
}

/** `12 s`, `5 min`, `2 h 10 min`: no finer than anybody could know. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
