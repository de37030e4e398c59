import type { InputSummary, ScanResult } from '../../model.ts'
import type { ReportStyle } from '../renderer.ts'
import { labelled } from './layout.ts'
import type { Pen } from './pen.ts'
import { formatCount, formatSpan, plural } from './words.ts'

const COLUMN = 14
const FEW = 5

/** What was read, set aside, not testable and not shown: a report without it would imply that the rest is clean. */
export function renderSummary(result: ScanResult, style: ReportStyle, pen: Pen): string {
  const facts: (readonly [string, readonly string[]])[] = [
    ['Read', [...result.inputs.map((input) => inputWords(input, pen)), ...joinWords(result, pen)]],
    ['Totals', [totalWords(result), formatSpan(result.window.from, result.window.to)]],
    ['Explained', explainedWords(result, pen)],
    ['Set aside', suppressedWords(result, pen)],
    ['Not testable', untestedWords(result, pen)],
    ['Notes', [...result.notes.map((note) => pen.text(note)), ...gapWords(result)]],
    ['Not shown', notShownWords(result, style)],
  ]
  const lines = facts.flatMap(([label, texts]) =>
    texts.flatMap((text, i) => labelled(i === 0 ? label : '', text, { indent: 0, column: COLUMN, width: pen.width })),
  )
  return lines.join('\n')
}

/** `logs.ndjson (ndjson): 1,000 records, 3 rejected (2 not valid JSON, 1 no timestamp)`. */
function inputWords(input: InputSummary, pen: Pen): string {
  const role = input.role === 'accounts' ? ', side file' : ''
  const preset = input.preset === 'generic' || input.preset === 'none' ? '' : `, ${pen.text(input.preset, 40)} fields`
  const { count, reasons } = input.rejected
  const why = Object.entries(reasons)
    .map(([reason, n]) => `${formatCount(n)} ${pen.text(reason, 80)}`)
    .join(', ')
  const rejected = count === 0 ? 'none rejected' : `${formatCount(count)} rejected (${why})`
  const path = pen.text(input.path === '-' ? 'standard input' : input.path)
  return `${path} (${pen.text(input.format, 40)}${role}${preset}): ${plural(input.records, 'record')}, ${rejected}`
}

const joinWords = (result: ScanResult, pen: Pen): string[] =>
  result.joins.map(
    ({ path, matched, unmatched }) =>
      `${formatCount(matched)} of ${plural(matched + unmatched, 'account')} in ${pen.text(path)} have requests in the logs`,
  )

function totalWords({ totals }: ScanResult): string {
  const idle = totals.accountsWithoutRequests
  return [
    `${plural(totals.requests, 'request')} of ${plural(totals.accounts, 'account')}`,
    ...(idle > 0 ? [`${plural(idle, 'account')} without requests`] : []),
    `${formatCount(totals.inputTokens)} input and ${formatCount(totals.outputTokens)} output tokens`,
  ].join('; ')
}

/** Groups with the same explanation are told together, the largest first. */
function explainedWords({ explained }: ScanResult, pen: Pen): string[] {
  if (explained.length === 0) return []
  const accounts = explained.reduce((sum, group) => sum + group.accountCount, 0)
  const byReason = new Map<string, number[]>()
  for (const group of explained) {
    byReason.set(group.explanation, [...(byReason.get(group.explanation) ?? []), group.accountCount])
  }
  const reasons = [...byReason]
    .map(([reason, sizes]) => ({ reason, groups: sizes.length, accounts: sizes.reduce((sum, size) => sum + size, 0) }))
    .toSorted((a, b) => b.accounts - a.accounts || (a.reason < b.reason ? -1 : 1))
  return [
    `${plural(explained.length, 'group')} with ${plural(accounts, 'account')} ${explained.length === 1 ? 'declares itself and is' : 'declare themselves and are'} not ranked`,
    ...reasons
      .slice(0, FEW)
      .map(
        (each) => `${plural(each.accounts, 'account')} in ${plural(each.groups, 'group')}: ${pen.text(each.reason)}`,
      ),
    ...(reasons.length > FEW ? [`and ${plural(reasons.length - FEW, 'other reason')}`] : []),
  ]
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

const gapWords = ({ gaps }: ScanResult): string[] =>
  gaps.slice(0, FEW).map((gap) => `no request at all for ${plural(gap.hours, 'hour')}: ${formatSpan(gap.from, gap.to)}`)

function notShownWords({ omitted, networks }: ScanResult, style: ReportStyle): string[] {
  if (omitted.networks === 0) return []
  const what = `${plural(omitted.networks, 'network')} with ${plural(omitted.accounts, 'account')}`
  const isFull = style.top !== null && networks.length >= style.top
  if (isFull) return [`${what}, past --top ${style.top} or below severity ${style.minSeverity}`]
  return [`${what} below severity ${style.minSeverity}; --min-severity low shows them`]
}
