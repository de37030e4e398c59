import { safeText } from '../safe-text.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Left over by `safeText` and yet forbidden: XML 1.0 (fifth edition, 2008), 2.2, production 2. */
const FORBIDDEN = /[\ufffe\uffff]/gu

/**
 * A text for an XML attribute or an element: what XML forbids or a viewer would obey is written as `\u{...}`, markup as
 * entities.
 *
 * @param maxLength characters before entities; a longer text ends in an ellipsis
 */
export function xmlText(text: string, maxLength = 120): string {
  const seen = text.slice(0, maxLength * 2 + 2).replace(FORBIDDEN, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`)
  return safeText(seen, { maxLength }).replace(/[&<>"']/gu, (char) => ENTITIES[char]!)
}

type Attributes = Readonly<Record<string, string | number>>

/** ` name="value"` for each, in order. Names are ours, values may be anybody's. */
export const xmlAttributes = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? value : xmlText(value)}"`)
    .join('')
