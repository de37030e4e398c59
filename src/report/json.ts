import { documentOrder, entriesIn, type KeyOrder, orderKeys } from './key-order.ts'
import type { PieceRenderer, Renderer } from './renderer.ts'
import { escapeJson } from './safe-text.ts'

/** Characters of a piece, about. */
const PIECE = 1 << 16

/** Levels that are written entry by entry: document, networks, a network, its members. What is in a member is small. */
const LEVELS = 4

/**
 * The whole document as one JSON text: two spaces of indent, keys in the order of the schema whatever the order in
 * which the stages set them, and nothing raw that a terminal would obey.
 */
export const renderJson: Renderer = (result, style) => [...jsonPieces(result, style)].join('')

/** A report of a hundred thousand accounts is larger than all that it was made of, and may be longer than any text there can be. */
export const jsonPieces: PieceRenderer = function* (result) {
  let piece = ''
  for (const token of tokens(result, documentOrder, LEVELS, '\n')) {
    piece += token
    if (piece.length < PIECE) continue
    yield escapeJson(piece)
    piece = ''
  }
  yield `${escapeJson(piece)}\n`
}

/**
 * The texts of which a value's JSON is made.
 *
 * @param levels how deep entries are taken one by one
 * @param newline a line break and the indent of the value
 */
function* tokens(value: unknown, order: KeyOrder, levels: number, newline: string): Generator<string> {
  if (levels === 0 || value === null || typeof value !== 'object') {
    yield JSON.stringify(orderKeys(value, order), null, 2).replaceAll('\n', newline)
    return
  }
  const isList = Array.isArray(value)
  const entries = isList
    ? value.map((item) => ['', item, order] as const)
    : entriesIn(value, order).filter(([, item]) => item !== undefined)
  if (entries.length === 0) {
    yield isList ? '[]' : '{}'
    return
  }
  let before = isList ? '[' : '{'
  for (const [key, item, within] of entries) {
    yield `${before}${newline}  ${isList ? '' : `${JSON.stringify(key)}: `}`
    yield* tokens(item ?? null, within, levels - 1, `${newline}  `)
    before = ','
  }
  yield `${newline}${isList ? ']' : '}'}`
}
