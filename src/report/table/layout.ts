const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Extended_Pictographic}/u
const COMBINING = /\p{Mn}|\p{Me}/u

/** Columns that the text fills on a terminal. The text holds no control characters. */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text) width += COMBINING.test(char) ? 0 : char > '\u10ff' && WIDE.test(char) ? 2 : 1
  return width
}

/** The text in lines of at most `width` columns, broken between words; a longer word is broken inside. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    const candidate = line === '' ? word : `${line} ${word}`
    if (line !== '' && displayWidth(candidate) > width) {
      lines.push(line)
      line = word
    } else {
      line = candidate
    }
  }
  return [...lines, line]
}

function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const char of word) {
    if (displayWidth(part + char) > width) {
      parts.push(part)
      part = ''
    }
    part += char
  }
  return [...parts, part]
}

/** At most `count` of the lines; what is cut is marked by `mark` at the end of the last. */
export function clip(lines: readonly string[], count: number, mark: string): string[] {
  if (lines.length <= count) return [...lines]
  const last = lines[count - 1] ?? ''
  return [...lines.slice(0, count - 1), `${last.replace(/[\s,;.]*\S?$/u, '')}${mark}`]
}

/** A label in a column of its own and the text wrapped beside it. */
export function labelled(
  label: string,
  text: string,
  options: { indent: number; column: number; width: number },
): string[] {
  const { indent, column, width } = options
  const hanging = ' '.repeat(indent + column)
  return wrap(text, width - indent - column).map((line, i) =>
    i === 0 ? `${' '.repeat(indent)}${label.padEnd(column)}${line}` : hanging + line,
  )
}
