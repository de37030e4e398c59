import ndjson from 'ndjson'
import { orderNetwork } from './key-order.ts'
import type { Renderer } from './renderer.ts'
import { escapeJson } from './safe-text.ts'

/** One network per line, best first; the empty text without networks. */
export const renderNdjson: Renderer = (result) => {
  const stream = ndjson.stringify()
  const lines = result.networks.map((network) => {
    stream.write(orderNetwork(network))
    // The stream transforms at once; it is read after every write, so it never holds more than one line.
    return String(stream.read()).replace(/\r?\n$/u, '\n')
  })
  return escapeJson(lines.join(''))
}
