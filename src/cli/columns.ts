import { displayWidth } from '../report/table/layout.ts'

export interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
}

const INDENT = 2

/**
 * Rows of cells under titles, indented by two, every column as wide as its widest cell. Columns are parted by two blanks,
 * by one where two do not fit `width`; a table that is wider even so stays whole, for a cut figure is a wrong figure.
 */
export function renderColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, strong }: { readonly width: number; strong(text: string): string },
): string[] {
  const titles = columns.map(({ title }) => title)
  const widths = titles.map((title, i) => Math.max(...[title, ...rows.map((row) => row[i] ?? '')].map(displayWidth)))
  const needed = widths.reduce((sum, each) => sum + each, INDENT)
  const gap = ' '.repeat(needed + 2 * (widths.length - 1) <= width ? 2 : 1)
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const blanks = ' '.repeat(widths[i]! - displayWidth(cell))
        return columns[i]!.align === 'left' ? cell + blanks : blanks + cell
      })
      .join(gap)
      .trimEnd()
  return [strong(line(titles)), ...rows.map(line)].map((text) => ' '.repeat(INDENT) + text)
}
