import { labelled, wrap } from '../report/table/layout.ts'
import { createPen, type Pen } from '../report/table/pen.ts'
import { formatCount, plural } from '../report/table/words.ts'
import { formatBytes } from './format-bytes.ts'
import type { FileInspection, Inspection } from './inspection.ts'

export interface InspectionStyle {
  readonly width: number
  readonly color: boolean
  readonly unicode: boolean
}

const INDENT = 2
const LABEL = 14
const MIN_FIELD = 12

/** The inspection for a person at a terminal, newline-terminated. */
export function renderInspection({ files, families }: Inspection, style: InspectionStyle): string {
  const pen = createPen({ ...style, minSeverity: 'low', top: null, details: 0 })
  const blocks = files.map((file) => renderFile(file, pen).join('\n'))
  const familyLines = families.flatMap(({ family, tested, why }) =>
    labelled(family, `${tested ? 'yes' : 'no '}  ${pen.text(why)}`, {
      indent: INDENT,
      column: LABEL,
      width: pen.width,
    }),
  )
  return `${[...blocks, [pen.strong('What these files let a scan test'), ...familyLines].join('\n')].join('\n\n')}\n`
}

function renderFile(file: FileInspection, pen: Pen): string[] {
  const fact = (label: string, text: string): string[] =>
    labelled(label, text, { indent: INDENT, column: LABEL, width: pen.width })
  return [
    pen.strong(pen.text(file.path === '-' ? 'standard input' : file.path, pen.width)),
    ...fact('format', formatWords(file)),
    ...fact('preset', `${pen.text(file.preset, 40)}: ${pen.text(file.because, 1000)}`),
    ...(file.presets.length < 2 ? [] : fact('mixed', mixedWords(file, pen))),
    ...fact('used as', KIND_WORDS[file.role === 'accounts' ? 'account' : file.kind]),
    ...(file.translated === null ? [] : fact('read', `by translation, since it ${pen.text(file.translated)}`)),
    ...Object.entries(file.others).flatMap(([reason, n]) =>
      fact('left out', `${plural(n, 'sampled record')}: ${pen.text(reason, 80)}`),
    ),
    ...(file.problem === null
      ? []
      : [...fact('problem', pen.text(file.problem.message, 2000)), ...fact('', pen.text(file.problem.hint, 2000))]),
    ...file.notes.flatMap((note) => fact('note', pen.text(note))),
    ...fieldLines(file, pen),
    ...(file.unusedColumns.length === 0 ? [] : fact('unused', namesOf(file.unusedColumns, pen))),
    ...(file.withheldColumns.length === 0
      ? []
      : fact('withheld', `${namesOf(file.withheldColumns, pen)} (never read: named like a password, token or key)`)),
  ]
}

/** Columns that are named; a nested export has hundreds. */
const MAX_NAMES = 40

const namesOf = (names: readonly string[], pen: Pen): string =>
  names
    .slice(0, MAX_NAMES)
    .map((name) => pen.text(name, 60))
    .join(', ') + (names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '')

const KIND_WORDS: Readonly<Record<FileInspection['kind'], string>> = {
  request: 'a log of requests',
  edge: 'what an edge saw of requests: joined to a log of requests by request id, or the log where there is none',
  auth: 'sign-ins and audit events: what they say of accounts',
  payment: 'payments: what they say of accounts',
  account: 'accounts: registration and payment of accounts',
  usage: 'nothing: it holds sums over hours or days, not requests',
}

const mixedWords = ({ presets }: FileInspection, pen: Pen): string =>
  presets
    .map(
      ({ preset, records }) =>
        `${plural(records, 'record')} of ${preset === null ? 'no known product' : pen.text(preset, 40)}`,
    )
    .join(', ')

function formatWords(file: FileInspection): string {
  const { dialect } = file
  const parts = [
    file.format,
    file.compression === 'none' ? 'not compressed' : file.compression,
    formatBytes(file.bytes),
    ...(file.encoding === 'utf-8' ? [] : [file.encoding]),
    ...(dialect === null ? [] : [`delimiter ${name(dialect.delimiter)}`, `quote ${name(dialect.quote)}`]),
    ...(dialect === null ? [] : [`header of ${plural(dialect.headerLines, 'line')}`]),
    `${plural(file.sampledRecords, 'record')} sampled`,
  ]
  return parts.join(', ')
}

const names: Readonly<Record<string, string>> = {
  ',': 'comma',
  '\t': 'tab',
  ';': 'semicolon',
  '|': 'bar',
  '"': '"',
  '': 'none',
}
const name = (char: string): string => names[char] ?? JSON.stringify(char)

/** One line per canonical field that is filled: how often, from which columns, and a value; the others by name. */
function fieldLines(file: FileInspection, pen: Pen): string[] {
  const filled = file.fields.filter((each) => each.filled > 0)
  const empty = file.fields.filter((each) => each.filled === 0)
  const widest = Math.max(MIN_FIELD, ...filled.map((each) => each.field.length))
  const lines = filled.flatMap(({ field, columns, filled: share }) => {
    const example = file.example[field]
    const texts = columns.map((text) => pen.text(text, 60)).join(', ')
    const text = `${percent(share)}  ${texts}${example === undefined ? '' : `: ${pen.text(example, 40)}`}`
    return labelled(field, text, { indent: INDENT * 2, column: widest + 2, width: pen.width })
  })
  const heading = `${plural(filled.length, 'field')} filled, with the share of the sample, the column and a value`
  return [
    ...(filled.length === 0 ? [] : wrap(heading, pen.width - INDENT).map((line) => ' '.repeat(INDENT) + line)),
    ...lines,
    ...(empty.length === 0
      ? []
      : labelled('empty', empty.map(({ field }) => field).join(', '), {
          indent: INDENT,
          column: LABEL,
          width: pen.width,
        })),
  ]
}

const percent = (share: number): string => `${formatCount(share * 100)} %`.padStart(5)
