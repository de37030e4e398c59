import type { Evidence, Network } from '../../model.ts'
import { strongestFirst } from '../charts/score-waterfall.ts'
import { formatBits, formatCount, plural } from '../table/words.ts'
import { html, type Markup, type Part } from './markup.ts'
import { type Column, table } from './table.ts'

const COLUMNS: readonly Column[] = [
  { title: 'Family and signal', kind: 'plain' },
  { title: 'Measured', kind: 'number' },
  { title: 'Counted', kind: 'number' },
  { title: 'What it says, and what else it could be' },
]
const VALUES: readonly Column[] = [
  { title: 'Field', kind: 'plain' },
  { title: 'Value' },
  { title: 'Members', kind: 'number' },
  { title: 'Outside', kind: 'number' },
]
const MAX_VALUES = 10

/** Every signal with its bits and its innocent causes, then the shared values behind them. */
export function evidenceTables({ evidence }: Network, causesOf: ReadonlyMap<string, readonly string[]>): Markup {
  const ordered = evidence.toSorted(strongestFirst)
  const rows = ordered.map((each): readonly Part[] => [
    html`${each.family}<br><code class="soft">${each.signal}</code>`,
    formatBits(each.bits),
    each.countedBits > 0 ? formatBits(each.countedBits) : 'none',
    html`${each.summary}${causes(causesOf.get(each.signal) ?? [])}`,
  ])
  const values = ordered.filter((each) => each.values.length > 0)
  return html`${table('Evidence by family, in bits', COLUMNS, rows)}
<p class="soft">Counted is what is left of the measured bits after each family's cap, the tests against chance and the best
innocent explanation. Counted bits add up to the score.</p>
${values.map(sharedValues)}`
}

const causes = (list: readonly string[]): Markup | null =>
  list.length === 0 ? null : html`<br><span class="soft">Innocent causes: ${list.join('; ')}.</span>`

function sharedValues({ signal, values }: Evidence): Markup {
  const shown = values.slice(0, MAX_VALUES)
  const rest = values.length - shown.length
  const rows = shown.map((each): readonly Part[] => [
    each.field,
    html`<code>${each.value === '' ? '(empty)' : each.value}</code>`,
    formatCount(each.inside),
    formatCount(each.outside),
  ])
  const more = rest > 0 ? html`<p class="soft">${plural(rest, 'more value')} in the JSON report.</p>` : null
  return html`<details class="more"><summary>Shared values of ${signal} (${values.length})</summary>
${table(`Shared values of ${signal}`, VALUES, rows)}${more}</details>
`
}
