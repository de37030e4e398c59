import type { InputSummary, ScanResult } from '../../model.ts'
import { duplicateWords } from '../duplicate-words.ts'
import { formatCount, formatSpan, plural } from '../table/words.ts'
import { expiredTable, explainedTable } from './explained.ts'
import { html, type Markup, type Part } from './markup.ts'
import { facts, MAX_ROWS, more, table } from './table.ts'

/** What was tested, read, set aside and assumed: a report without it would imply that the rest is clean. */
export function reading(result: ScanResult): Markup {
  return html`<section aria-labelledby="reading"><h2 id="reading">What was read and tested</h2>
${coverageTable(result)}${inputTable(result)}${joinTable(result)}${rejectTable(result)}${explainedTable(result)}${expiredTable(result)}${setAsideTable(result)}${gapTable(result)}${noteList(result)}
<h3>How to repeat it</h3>
${facts([
  ...(result.case === null
    ? []
    : [
        [
          'Case',
          `scan ${result.case.scan}, with all nights before; ${plural(result.case.known.length, 'input')} known already`,
        ] as const,
      ]),
  ['Tool', `${result.tool.name} ${result.tool.version}`],
  ['Seed', html`<code>${result.seed}</code>`],
  ...Object.entries(result.settings).map(([name, value]) => [name, html`<code>${String(value)}</code>`] as const),
])}</section>
`
}

function coverageTable({ coverage }: ScanResult): Markup {
  const rows = coverage.map(({ family, tested, why }): readonly Part[] => [
    family,
    tested ? 'tested' : 'not testable',
    why,
  ])
  return table(
    'Evidence families',
    [{ title: 'Family', kind: 'plain' }, { title: 'State', kind: 'plain' }, { title: 'Why' }],
    rows,
  )
}

function inputTable({ inputs }: ScanResult): Markup {
  const rows = inputs.map((input): readonly Part[] => [
    input.path === '-' ? 'standard input' : input.path,
    html`${input.format}<br><span class="soft">${input.preset}, ${input.role}</span>`,
    formatCount(input.records),
    formatCount(input.rejected.count),
    formatCount(input.bytes),
    html`<code>${input.sha256}</code>${input.damage.map((what) => html`<br>${what}`)}`,
  ])
  return table(
    'Inputs, with what identifies their bytes',
    [
      { title: 'File' },
      { title: 'Format' },
      { title: 'Records', kind: 'number' },
      { title: 'Rejected', kind: 'number' },
      { title: 'Bytes', kind: 'number' },
      { title: 'SHA-256' },
    ],
    rows,
  )
}

function rejectTable({ inputs }: ScanResult): Markup | null {
  const rows = inputs.flatMap(({ path, rejected }: InputSummary) =>
    Object.entries(rejected.reasons).map(([reason, count]): readonly Part[] => [path, reason, formatCount(count)]),
  )
  if (rows.length === 0) return null
  return table(
    'Records that could not be used',
    [{ title: 'File' }, { title: 'Reason' }, { title: 'Records', kind: 'number' }],
    rows,
  )
}

function joinTable({ joins }: ScanResult): Markup | null {
  if (joins.length === 0) return null
  const rows = joins.map((join): readonly Part[] => [
    join.path,
    html`<code>${join.on}</code>`,
    formatCount(join.matched),
    formatCount(join.unmatched),
    formatCount(join.repeated),
  ])
  return table(
    'How files were joined',
    [
      { title: 'File' },
      { title: 'On', kind: 'plain' },
      { title: 'Found a partner', kind: 'number' },
      { title: 'Found none', kind: 'number' },
      { title: 'Repeated', kind: 'number' },
    ],
    rows,
  )
}

function setAsideTable({ suppressedValues, omitted }: ScanResult): Markup | null {
  if (suppressedValues.length === 0) return null
  const rows = suppressedValues
    .slice(0, MAX_ROWS)
    .map(({ field, value, accounts, reason }): readonly Part[] => [
      field,
      html`<code>${value}</code>`,
      formatCount(accounts),
      reason,
    ])
  const rest = suppressedValues.length + omitted.suppressedValues - rows.length
  return html`${table(
    'Values of many accounts that link nobody',
    [
      { title: 'Field', kind: 'plain' },
      { title: 'Value' },
      { title: 'Accounts', kind: 'number' },
      { title: 'Why not' },
    ],
    rows,
  )}${more(rest, 'value')}`
}

function gapTable({ gaps }: ScanResult): Markup | null {
  if (gaps.length === 0) return null
  const rows = gaps
    .slice(0, MAX_ROWS)
    .map(({ from, to, hours }): readonly Part[] => [formatSpan(from, to), formatCount(hours)])
  return html`${table('Hours without any record: first and last sightings near them are not what they seem', [{ title: 'Stretch' }, { title: 'Hours', kind: 'number' }], rows)}${more(gaps.length - rows.length, 'stretch')}`
}

function noteList(result: ScanResult): Markup | null {
  const notes = [...result.notes, ...duplicateWords(result)]
  return notes.length === 0 ? null : html`<h3>Notes</h3><ul>${notes.map((note) => html`<li>${note}</li>\n`)}</ul>`
}
