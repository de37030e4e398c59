import type { Pen } from '../../report/table/pen.ts'
import { formatBits } from '../../report/table/words.ts'
import type { Waterfall, WaterfallTerm } from '../explanation.ts'
import type { Section } from './section.ts'

const INDENT = '  '
const NUMBER = 9
const MAX_SIGNAL = 30
/** Columns of the bars at most. */
const MAX_BAR = 24
const BAR = '='

/** The score term by term: what each signal measured, what of it counts, and the sum so far, with a bar that goes on. */
export function waterfallSection(waterfall: Waterfall, pen: Pen): Section {
  const { terms, sum, score } = waterfall
  const names = terms.map(({ signal }) => pen.text(signal, MAX_SIGNAL))
  const widest = Math.max('signal'.length, ...names.map((name) => name.length))
  const room = pen.width - INDENT.length - widest - 3 * NUMBER - 2
  const header = `${INDENT}${'signal'.padEnd(widest)}${['measured', 'counts', 'sum'].map((each) => each.padStart(NUMBER)).join('')}`
  const lines = terms.flatMap((term, i) => {
    const figures = [term.measuredBits, term.countedBits, term.runningBits]
    const line = `${INDENT}${names[i]!.padEnd(widest)}${figures.map((bits) => formatBits(bits).padStart(NUMBER)).join('')}`
    if (term.why !== null) return room < term.why.length ? [line, `${INDENT}  (${term.why})`] : [`${line}  ${term.why}`]
    return [`${line}  ${barOf(term, sum, Math.min(MAX_BAR, room))}`.trimEnd()]
  })
  const note =
    sum === score ? [] : [`${INDENT}The report says ${formatBits(score)}: its terms do not add up, it was changed.`]
  return {
    title: `How the ${formatBits(score)} bits come about`,
    lines: terms.length === 0 ? [] : [header, ...lines, ...note],
  }
}

/** From the sum before to the sum with the term. */
function barOf({ countedBits, runningBits }: WaterfallTerm, sum: number, room: number): string {
  if (room < 4 || !(sum > 0)) return ''
  const column = (bits: number): number => Math.min(room, Math.max(0, Math.round((bits / sum) * room)))
  const from = Math.min(room - 1, column(runningBits - countedBits)) // what is small is seen all the same
  const to = Math.max(column(runningBits), Math.min(room, from + 1))
  return ' '.repeat(from) + BAR.repeat(to - from)
}
