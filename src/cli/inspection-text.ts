import { labelled, wrap } from '../report/table/layout.ts'
import { createPen, type Pen } from '../report/table/pen.ts'
import { formatCount, plural } from '../report/table/words.ts'
import type { FileInspection, Inspection } from './inspection.ts'
import { formatBytes } from './progress.ts'

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
    ...(file.rewritten === null ? [] : fact('rewritten', `it ${pen.text(file.rewritten)}; a scan reads a copy`)),
    ...(file.problem === null
      ? []
      : [...fact('problem', pen.text(file.problem.message, 2000)), ...fact('', pen.text(file.problem.hint, 2000))]),
    ...file.notes.flatMap((note) => fact('note', pen.text(note))),
    ...fieldLines(file, pen),
    ...(file.unusedColumns.length === 0
      ? []
      : fact('unused', file.unusedColumns.map((name) => pen.text(name, 60)).join(', '))),
  ]
}

function formatWords(file: FileInspection): string {
  const { dialect } = file
  const parts = [
    file.format,
    file.compression === 'none' ? 'not compressed' : file.compression,
    formatBytes(file.bytes),
    file.role === 'accounts' ? 'side file' : 'log',
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

/** One line per canonical field: how often it is filled, from which columns, and a value. */
function fieldLines(file: FileInspection, pen: Pen): string[] {
  if (file.fields.length === 0) return []
  const widest = Math.max(MIN_FIELD, ...file.fields.map((each) => each.field.length))
  const lines = file.fields.flatMap(({ field, columns, filled }) => {
    const example = file.example[field]
    const from = columns.map((column) => pen.text(column, 60)).join(', ')
    const text = `${percent(filled)}  ${from}${example === undefined ? '' : `: ${pen.text(example, 40)}`}`
    return labelled(field, text, { indent: INDENT * 2, column: widest + 2, width: pen.width })
  })
  const heading = `${plural(file.fields.length, 'field')} filled, with the share of the sample, the column and a value`
  return [...wrap(heading, pen.width - INDENT).map((line) => ' '.repeat(INDENT) + line), ...lines]
}

const percent = (share: number): string => `${formatCount(share * 100)} %`.padStart(5)
