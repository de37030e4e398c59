import { plural } from '../table/words.ts'
import { html, type Markup, type Part } from './markup.ts'

/** A column of a table: its title, and whether it holds figures, or short words that must not be broken. */
export interface Column {
  readonly title: string
  readonly kind?: 'number' | 'plain'
}

/** A table with a caption and headed columns, that scrolls by itself where it is too wide; the first cell heads its row. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Markup {
  const head = columns.map(({ title, kind }) => html`<th scope="col" class="${kind ?? 'text'}">${title}</th>`)
  const body = rows.map((cells) => {
    const row = cells.map((cell, i) => {
      const { kind } = columns[i]!
      return i === 0
        ? html`<th scope="row" class="${kind ?? 'text'}">${cell}</th>`
        : html`<td class="${kind ?? 'text'}">${cell}</td>`
    })
    return html`<tr>${row}</tr>\n`
  })
  return html`<div class="wide" tabindex="0" role="group" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody></table></div>
`
}

/** Names and what belongs to each, in the order given. */
export const facts = (list: readonly (readonly [string, Part])[]): Markup =>
  html`<dl class="facts">${list.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>\n`)}</dl>\n`

/** Rows of a table that may be long. */
export const MAX_ROWS = 50

/** What a long table leaves out; `null` for nothing. */
export const more = (rest: number, noun: string): Markup | null =>
  rest > 0 ? html`<p class="soft">${plural(rest, `more ${noun}`)} in the JSON report.</p>` : null
