import type { Member, Network } from '../../model.ts'
import { formatBits, formatCount, formatDay, plural } from '../table/words.ts'
import { html, type Markup, type Part } from './markup.ts'
import { type Column, table } from './table.ts'

/** Members of one network that are listed; all are in the JSON report, and a page of 25,000 rows opens slowly. */
const MAX_MEMBERS = 50
const MAX_LINKS = 3

const COLUMNS: readonly Column[] = [
  { title: 'Account' },
  { title: 'Cell', kind: 'number' },
  { title: 'Requests', kind: 'number' },
  { title: 'Output tokens', kind: 'number' },
  { title: 'First seen', kind: 'plain' },
  { title: 'Last seen', kind: 'plain' },
  { title: 'What ties it to the others, strongest first' },
]

/** The accounts of a network, each with its own links. */
export function memberTable({ members, accountCount }: Network): Markup {
  const shown = members.slice(0, MAX_MEMBERS)
  const rest = accountCount - shown.length
  const rows = shown.map((member): readonly Part[] => [
    html`<code>${member.accountId === '' ? '(empty)' : member.accountId}</code>`,
    member.cell,
    formatCount(member.requests),
    formatCount(member.outputTokens),
    formatDay(member.firstSeen),
    formatDay(member.lastSeen),
    linkWords(member),
  ])
  const more = rest > 0 ? html`<p>${plural(rest, 'more account')} in the JSON and CSV reports.</p>` : null
  return html`<details class="more"><summary>Accounts (${formatCount(accountCount)})</summary>
${table('Member accounts', COLUMNS, rows)}${more}</details>
`
}

function linkWords({ links }: Member): Part {
  if (links.length === 0) return html`<span class="soft">no value of its own: found by what the group does</span>`
  const shown = links.slice(0, MAX_LINKS)
  const words = shown.map(
    ({ field, value, bits }, i) =>
      html`${i === 0 ? null : html`<br>`}${field} <code>${value === '' ? '(empty)' : value}</code> ${formatBits(bits)} bits`,
  )
  const rest = links.length - shown.length
  return html`${words}${rest > 0 ? html`<br><span class="soft">and ${rest} more</span>` : null}`
}
