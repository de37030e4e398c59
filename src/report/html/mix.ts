import type { Network } from '../../model.ts'
import { formatCount } from '../table/words.ts'
import { html, type Markup, type Part } from './markup.ts'
import { type Column, table } from './table.ts'

const MAX_ROWS = 8
const COLUMNS = (what: string): readonly Column[] => [
  { title: what },
  { title: 'Requests', kind: 'number' },
  { title: 'Share', kind: 'plain' },
]

/** Which models and which capabilities the network asked for. */
export const mixTables = ({ models, capabilities }: Network): Markup =>
  html`${mix(
    'Model',
    models.map(({ model, requests }) => ({ name: model, requests })),
  )}
${mix(
  'Capability',
  capabilities.map(({ capability, requests }) => ({ name: capability, requests })),
)}`

function mix(what: string, all: readonly { readonly name: string; readonly requests: number }[]): Markup | null {
  if (all.length === 0) return null
  const total = all.reduce((sum, { requests }) => sum + requests, 0)
  const ordered = all.toSorted((a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1))
  const rest = ordered.slice(MAX_ROWS)
  const others = { name: `${rest.length} others`, requests: rest.reduce((sum, { requests }) => sum + requests, 0) }
  const shown = rest.length === 0 ? ordered : [...ordered.slice(0, MAX_ROWS), others]
  const rows = shown.map(({ name, requests }): readonly Part[] => {
    const share = total === 0 ? 0 : requests / total
    const percent = `${(share * 100).toFixed(1)} %`
    return [
      name === '' ? '(empty)' : name,
      formatCount(requests),
      html`<meter min="0" max="1" value="${share.toFixed(4)}" aria-hidden="true"></meter> ${percent}`,
    ]
  })
  return table(`${what} mix`, COLUMNS(what), rows)
}
