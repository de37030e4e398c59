import { labelled, wrap } from '../../report/table/layout.ts'
import type { Pen } from '../../report/table/pen.ts'

/** A heading and the lines below it; a section without lines is not shown. */
export interface Section {
  readonly title: string
  readonly lines: readonly string[]
}

const INDENT = 2
const COLUMN = 16

/** The section's lines with its heading above them. */
export const fill = ({ title, lines }: Section, pen: Pen): string[] => [
  ...wrap(title, pen.width).map((line) => pen.strong(line)),
  ...lines,
]

/** A label and the text beside it. What came from a log is safe already. */
export const fact = (label: string, text: string, pen: Pen, column = COLUMN): string[] =>
  labelled(label, text, { indent: INDENT, column, width: pen.width })

/** A sentence of the section. */
export const sentence = (text: string, pen: Pen): string[] =>
  wrap(text, pen.width - INDENT).map((line) => ' '.repeat(INDENT) + line)
