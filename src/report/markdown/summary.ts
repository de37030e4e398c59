import type { InputSummary, ScanResult } from '../../model.ts'
import { goneWords, withoutNewsWords } from '../change-words.ts'
import type { ReportStyle } from '../renderer.ts'
import { expiryWords } from '../table/review-words.ts'
import { formatCount, formatSpan, plural } from '../table/words.ts'
import type { Inline } from './inline.ts'
import { tableHead, tableRow } from './layout.ts'

/** Inputs, notes and reasons named; a folder may hold thousands of files. */
const INPUTS = 50
const NOTES = 20
const REASONS = 10
/** Of a SHA-256: enough to compare with by eye. */
const HASH_DIGITS = 12

/** What was testable, what was read, and with which settings: a report without it would imply that the rest is clean. */
export function renderSummary(result: ScanResult, style: ReportStyle, inline: Inline): string {
  const parts = [
    '## Coverage',
    coverageTable(result, inline),
    '## Intake',
    intakeTable(result.inputs, inline),
    bulletList([...totals(result), ...cautions(result, inline), ...notShown(result, style)]),
    '## Settings',
    settingsDetails(result, inline),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const bulletList = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')

function coverageTable({ coverage }: ScanResult, inline: Inline): string {
  const rows = coverage.map(({ family, tested, why }) =>
    tableRow([family, tested ? 'yes' : '**no**', inline.prose(why)]),
  )
  return [tableHead(['Evidence family', 'Tested', 'Why']), ...rows].join('\n')
}

function intakeTable(inputs: readonly InputSummary[], inline: Inline): string {
  const rows = inputs.slice(0, INPUTS).map((input) => tableRow(inputCells(input, inline)))
  const titles = ['Input', 'Role', 'Format', 'Fields', 'Bytes', 'SHA-256', 'Records', 'Rejected', 'Remarks']
  const table = [tableHead(titles, ['Bytes', 'Records', 'Rejected']), ...rows].join('\n')
  const rest = inputs.length - rows.length
  return rest > 0 ? `${table}\n\n**${plural(rest, 'further input')} in the JSON report.**` : table
}

function inputCells(input: InputSummary, inline: Inline): string[] {
  const { path, role, kind, format, preset, bytes, sha256, records, rejected, unused, damage } = input
  const counted = [...Object.entries(unused), ...Object.entries(rejected.reasons)]
  const remarks = [
    ...counted.slice(0, REASONS).map(([reason, count]) => `${formatCount(count)} ${inline.prose(reason, 80)}`),
    ...(counted.length > REASONS ? [`${plural(counted.length - REASONS, 'other reason')}`] : []),
    ...damage.slice(0, REASONS).map((what) => inline.prose(what)),
  ]
  return [
    path === '-' ? 'standard input' : inline.code(path),
    `${role} (${inline.prose(kind, 40)})`,
    inline.code(format, 40),
    inline.code(preset, 40),
    formatCount(bytes),
    inline.code(sha256.slice(0, HASH_DIGITS)),
    formatCount(records),
    formatCount(rejected.count),
    remarks.join('; '),
  ]
}

function totals({ totals: sums, window, chance, explained, suppressedValues, omitted }: ScanResult): string[] {
  const idle = sums.accountsWithoutRequests
  const explainedAccounts = explained.reduce((sum, group) => sum + group.accountCount, 0)
  const setAside = suppressedValues.length + omitted.suppressedValues
  return [
    `${plural(sums.requests, 'request')} of ${plural(sums.accounts, 'account')}${idle > 0 ? `; ${plural(idle, 'account')} without requests` : ''}`,
    `Window: ${formatSpan(window.from, window.to)}`,
    ...(chance.copies > 0
      ? [
          `Chance alone: ${plural(chance.networks, 'network')} in ${plural(chance.copies, 'shuffled copy', 'shuffled copies')} of the evidence`,
        ]
      : []),
    `Explained, not ranked: ${plural(explained.length, 'group')} with ${plural(explainedAccounts, 'account')}`,
    `Set aside: ${plural(setAside, 'value')} of many accounts, which link nobody`,
  ]
}

/** Notes, deliveries more than once and holes in the export. */
function cautions(result: ScanResult, inline: Inline): string[] {
  const { notes, duplicates, gaps, expiredDeclarations } = result
  const gone = goneWords(result)
  const rest = notes.length - NOTES
  const hours = gaps.reduce((sum, gap) => sum + gap.hours, 0)
  const repeated = duplicates === null ? 0 : duplicates.requests - duplicates.distinctRequestIds
  return [
    ...(gone === null ? [] : [inline.prose(gone)]),
    ...expiredDeclarations.map(
      (each) => `**Declaration that has ended:** ${expiryWords(each, (text) => inline.code(text))}`,
    ),
    ...(result.case === null
      ? []
      : [`Case: scan ${result.case.scan}, ${plural(result.case.known.length, 'input')} known before`]),
    ...notes.slice(0, NOTES).map((note) => `Note: ${inline.prose(note)}`),
    ...(rest > 0 ? [`${plural(rest, 'further note')} in the JSON report`] : []),
    ...(repeated > 0 ? [`${plural(repeated, 'record')} with a request id seen before`] : []),
    ...(gaps.length > 0 ? [`No record in ${plural(hours, 'hour')} of the window`] : []),
  ]
}

function notShown({ omitted }: ScanResult, { minSeverity, top }: ReportStyle): string[] {
  if (omitted.networks === 0) return []
  const limit = top === null ? '' : `, or past \`--top ${top}\``
  const news = withoutNewsWords({ omitted }, `below severity ${minSeverity}${limit}`)
  if (news !== null) return [`Not shown: ${news}`]
  return [
    `Not shown: ${plural(omitted.networks, 'network')} with ${plural(omitted.accounts, 'account')} below severity ${minSeverity}${limit}`,
  ]
}

function settingsDetails({ tool, seed, settings }: ScanResult, inline: Inline): string {
  const rows = Object.entries(settings)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => tableRow([inline.code(name), inline.code(String(value))]))
  const summary = `<details><summary>${tool.name} settings</summary>`
  return [
    `Made by ${tool.name} ${inline.code(tool.version, 40)}, seed ${inline.code(seed)}. The same inputs, settings and seed give the same report.`,
    summary,
    [tableHead(['Setting', 'Value']), ...rows].join('\n'),
    '</details>',
  ].join('\n\n')
}
