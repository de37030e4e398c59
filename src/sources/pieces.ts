import type { Encoding } from './source.ts'

/** A part of a text: a line without its end, or as much of a long one as came at once. */
export interface Piece {
  readonly text: string
  /** Whether a line ends behind it. */
  readonly endsLine: boolean
}

/** Characters of a line that are held before they are handed on without its end. */
const MAX_HELD = 1 << 20

/**
 * The lines of a text as they come; invalid bytes become the replacement character, a byte order mark is dropped, also at
 * the beginning of a file that was appended to another. Only `\n` ends a line; a `\r` before it belongs to the end.
 */
export async function* readPieces(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Piece[]> {
  const decoder = new TextDecoder(encoding)
  let held = ''
  const take = (text: string): Piece[] => {
    const lines = (held === '' ? text : held + text).split('\n')
    held = lines.pop()!
    const pieces = lines.map((line) => ({ text: bare(line), endsLine: true }))
    if (held.length > MAX_HELD) {
      pieces.push({ text: bareStart(held), endsLine: false })
      held = ''
    }
    return pieces
  }
  for await (const chunk of bytes) yield take(decoder.decode(chunk, { stream: true }))
  yield take(decoder.decode())
  if (held !== '') yield [{ text: bare(held), endsLine: true }]
}

const bareStart = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

const bare = (line: string): string => bareStart(line.endsWith('\r') ? line.slice(0, -1) : line)
