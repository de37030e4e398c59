import { safeText } from '../safe-text.ts'

/** HTML that was put together by {@link html}: safe to print. Nothing else may make one. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template: texts and numbers are escaped, markup is not, lists are joined, `null` is nothing. */
export type Part = Markup | string | number | null | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML, in an element or a quoted attribute (HTML Living Standard, 13.3, "Escaping a string"; `'` and `>` beyond it). */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/gu, (char) => ENTITIES[char]!)

/**
 * A template of HTML in which every text is escaped. Attributes must be quoted, and their names are never from a value.
 * What a reader could not see, or what turns the writing direction, is written as `\u{…}`.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0]!
  for (const [i, part] of parts.entries()) text += printed(part) + strings[i + 1]!
  return new Markup(text)
}

function printed(part: Part): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(printed).join('')
  return escapeHtml(typeof part === 'number' ? String(part) : safeText(part, { maxLength: MAX_TEXT }))
}

/** Characters that one text fills at most: a value of a megabyte makes no page of a megabyte. */
const MAX_TEXT = 600
