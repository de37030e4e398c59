/** Rows of a table; the cells hold no line break and no bar. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** The head of a table and the line below it; columns named in `right` are of numbers. */
export function tableHead(titles: readonly string[], right: readonly string[] = []): string {
  const rule = titles.map((title) => (right.includes(title) ? '--:' : '---'))
  return `${tableRow(titles)}\n${tableRow(rule)}`
}

/** Bytes of the text as UTF-8, which is what a limit on a file counts. */
export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8')

/** The first of the pieces, as many as fit into `budget` bytes with a separator of `gap` bytes behind each. */
export function takeFitting(pieces: readonly string[], budget: number, gap: number): readonly string[] {
  let left = budget
  const count = pieces.findIndex((piece) => {
    left -= byteLength(piece) + gap
    return left < 0
  })
  return count < 0 ? pieces : pieces.slice(0, count)
}
