import type { InputSummary, Join, ScanResult } from '../../model.ts'
import { goneWords } from '../change-words.ts'
import { duplicateWords } from '../duplicate-words.ts'
import type { ReportStyle } from '../renderer.ts'
import { expiredWords, explainedWords } from './explained.ts'
import { labelled } from './layout.ts'
import { notShownWords } from './not-shown.ts'
import type { Pen } from './pen.ts'
import { formatCount, formatSpan, plural } from './words.ts'

const COLUMN = 14
const FEW = 5

/** What was read, set aside, not testable and not shown: a report without it would imply that the rest is clean. */
export function renderSummary(result: ScanResult, style: ReportStyle, pen: Pen): string {
  const facts: (readonly [string, readonly string[]])[] = [
    ['Read', [...result.inputs.map((input) => inputWords(input, pen)), ...joinWords(result, pen)]],
    [
      'Case',
      result.case === null
        ? []
        : [
            `scan ${formatCount(result.case.scan)}, with all nights before; ${plural(result.case.known.length, 'input')} known already`,
          ],
    ],
    ['Totals', [totalWords(result), formatSpan(result.window.from, result.window.to)]],
    ['Gone', [goneWords(result)].filter((words) => words !== null)],
    ['Explained', explainedWords(result, pen)],
    ['Expired', expiredWords(result, pen)],
    ['Set aside', suppressedWords(result, pen)],
    ['Not testable', untestedWords(result, pen)],
    ['Notes', [...result.notes.map((note) => pen.text(note)), ...duplicateWords(result), ...gapWords(result)]],
    ['Not shown', notShownWords(result, style)],
  ]
  const lines = facts.flatMap(([label, texts]) =>
    texts.flatMap((text, i) => labelled(i === 0 ? label : '', text, { indent: 0, column: COLUMN, width: pen.width })),
  )
  return lines.join('\n')
}

/** `logs.ndjson (ndjson): 1,000 records, 3 rejected (2 not valid JSON, 1 no timestamp)`. */
function inputWords(input: InputSummary, pen: Pen): string {
  const role = ROLE_WORDS[input.role]
  const preset = input.preset === 'generic' || input.preset === 'none' ? '' : `, ${pen.text(input.preset, 40)} fields`
  const { count, reasons } = input.rejected
  const why = Object.entries(reasons)
    .map(([reason, n]) => `${formatCount(n)} ${pen.text(reason, 80)}`)
    .join(', ')
  const rejected = count === 0 ? 'none rejected' : `${formatCount(count)} rejected (${why})`
  const path = pen.text(input.path === '-' ? 'standard input' : input.path)
  const passed = Object.entries(input.unused).map(([reason, n]) => `${formatCount(n)} ${pen.text(reason, 80)}`)
  const records = [plural(input.records, 'record'), ...(passed.length > 0 ? [`of which ${passed.join(' and ')}`] : [])]
  const damage = input.damage.map((what) => `; ${pen.text(what)}`).join('')
  return `${path} (${pen.text(input.format, 40)}${role}${preset}): ${[...records, rejected].join(', ')}${damage}`
}

const ROLE_WORDS: Readonly<Record<InputSummary['role'], string>> = {
  log: '',
  edge: ', edge log',
  accounts: ', side file',
  unused: ', not used',
}

const joinWords = (result: ScanResult, pen: Pen): string[] =>
  result.joins.map((join) => (join.on === 'request_id' ? rowsJoined(join, pen) : accountsJoined(join, pen)))

function rowsJoined({ path, matched, unmatched, repeated, kept }: Join, pen: Pen): string {
  return [
    `${formatCount(matched)} of ${plural(matched + unmatched, 'row')} in ${pen.text(path)} belong to requests in the logs`,
    ...(kept > 0 ? [`${plural(kept, 'other')} kept for their account`] : []),
    ...(repeated > 0 ? [`${plural(repeated, 'row')} with a request id seen before left out`] : []),
  ].join('; ')
}

const accountsJoined = ({ path, on, matched, unmatched }: Join, pen: Pen): string =>
  `${formatCount(matched)} of ${plural(matched + unmatched, 'account')} in ${pen.text(path)} have requests in the logs` +
  (on === 'account_id' ? '' : `, found by ${on}`)

function totalWords({ totals }: ScanResult): string {
  const idle = totals.accountsWithoutRequests
  return [
    `${plural(totals.requests, 'request')} of ${plural(totals.accounts, 'account')}`,
    ...(idle > 0 ? [`${plural(idle, 'account')} without requests`] : []),
    `${formatCount(totals.inputTokens)} input and ${formatCount(totals.outputTokens)} output tokens`,
  ].join('; ')
}

function suppressedWords({ suppressedValues, omitted }: ScanResult, pen: Pen): string[] {
  const count = suppressedValues.length + omitted.suppressedValues
  if (count === 0) return []
  const top = suppressedValues.toSorted((a, b) => b.accounts - a.accounts).slice(0, FEW)
  return [
    `${plural(count, 'value')} of many accounts ${count === 1 ? 'was' : 'were'} tested and ${count === 1 ? 'links' : 'link'} nobody`,
    ...top.map(
      (each) =>
        `${pen.text(each.field, 40)} ${pen.text(each.value, 60)} (${plural(each.accounts, 'account')}): ${pen.text(each.reason)}`,
    ),
    ...(count > top.length ? [`and ${formatCount(count - top.length)} more`] : []),
  ]
}

/** What no export shows, whatever its columns. */
const INVISIBLE =
  'in no log at all: answers that were bought elsewhere, and accounts that share no card, device, address, template or clock'

/** Families with the same reason are told together. */
function untestedWords({ coverage }: ScanResult, pen: Pen): string[] {
  const byReason = new Map<string, string[]>()
  for (const { family, tested, why } of coverage) {
    if (!tested) byReason.set(why, [...(byReason.get(why) ?? []), family])
  }
  return [...[...byReason].map(([why, families]) => `${families.join(', ')}: ${pen.text(why)}`), INVISIBLE]
}

/** The longest first: what matters is how much may be missing. */
function gapWords({ gaps }: ScanResult): string[] {
  if (gaps.length === 0) return []
  const hours = gaps.reduce((sum, gap) => sum + gap.hours, 0)
  const longest = gaps.toSorted((a, b) => b.hours - a.hours || (a.from < b.from ? -1 : 1))[0]!
  const which = gaps.length === 1 ? 'from' : `in ${formatCount(gaps.length)} stretches, the longest from`
  return [
    `no record in ${plural(hours, 'hour')} of the window, ${which} ${formatSpan(longest.from, longest.to)}: where an export has a hole, first and last sightings are not what they seem`,
  ]
}
