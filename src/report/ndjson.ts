import ndjson from 'ndjson'
import { orderNetwork } from './key-order.ts'
import type { PieceRenderer, Renderer } from './renderer.ts'
import { escapeJson } from './safe-text.ts'

/** One network per line, best first; the empty text without networks. */
export const renderNdjson: Renderer = (result, style) => [...ndjsonPieces(result, style)].join('')

export const ndjsonPieces: PieceRenderer = function* (result) {
  const stream = ndjson.stringify()
  for (const network of result.networks) {
    stream.write(orderNetwork(network))
    // The stream transforms at once; it is read after every write, so it never holds more than one line.
    yield escapeJson(String(stream.read()).replace(/\r?\n$/u, '\n'))
  }
}
