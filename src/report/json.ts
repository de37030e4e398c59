import { orderDocument } from './key-order.ts'
import type { Renderer } from './renderer.ts'
import { escapeJson } from './safe-text.ts'

/**
 * The whole document as one JSON text: two spaces of indent, keys in the order of the schema whatever the order in
 * which the stages set them, and nothing raw that a terminal would obey.
 */
export const renderJson: Renderer = (result) => `${escapeJson(JSON.stringify(orderDocument(result), null, 2))}\n`
