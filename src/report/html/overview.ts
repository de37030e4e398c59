import type { Network, ScanResult } from '../../model.ts'
import { goneWords, noNewsWords, withoutNewsWords } from '../change-words.ts'
import type { ReportStyle } from '../renderer.ts'
import { formatBits, formatCount, formatDay, formatSpan, plural } from '../table/words.ts'
import { html, type Markup } from './markup.ts'
import { type Column, table } from './table.ts'

const COLUMNS: readonly Column[] = [
  { title: '#', kind: 'number' },
  { title: 'Network', kind: 'plain' },
  { title: 'Severity', kind: 'plain' },
  { title: 'Score, bits', kind: 'number' },
  { title: 'Accounts', kind: 'number' },
  { title: 'Requests', kind: 'number' },
  { title: 'Output tokens', kind: 'number' },
  { title: 'First seen', kind: 'plain' },
  { title: 'Last seen', kind: 'plain' },
]

/** What was found, in figures and as a ranked table that leads to each network. */
export function overview(result: ScanResult, style: ReportStyle): Markup {
  const { networks, totals, window } = result
  const accounts = networks.reduce((sum, network) => sum + network.accountCount, 0)
  const requests = networks.reduce((sum, network) => sum + network.requests, 0)
  const share = totals.requests === 0 ? '' : ` (${((requests / totals.requests) * 100).toFixed(1)} %)`
  const tiles = [
    ['Suspected networks', formatCount(networks.length)],
    ['Accounts in them', `${formatCount(accounts)} of ${formatCount(totals.accounts)}`],
    ['Their requests', `${formatCount(requests)}${share}`],
    ['Requests read', formatCount(totals.requests)],
  ] as const
  return html`<section aria-labelledby="overview"><h2 id="overview">Overview</h2>
<dl class="tiles">${tiles.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>
<p class="soft">Window of the logs: ${formatSpan(window.from, window.to)}.</p>
${networks.length === 0 ? nothingFound(result, style) : table('Networks, ranked', COLUMNS, networks.map(row))}
${leftOut(result, style)}${gone(result)}</section>
`
}

const row = (network: Network) => [
  network.rank,
  html`<a href="#${anchorOf(network)}"><code>${network.id}</code></a>`,
  severityMark(network),
  formatBits(network.score),
  formatCount(network.accountCount),
  formatCount(network.requests),
  formatCount(network.outputTokens),
  formatDay(network.firstSeen),
  formatDay(network.lastSeen),
]

/** Ids come from a file that somebody may have written by hand when a saved report is printed: only rank makes an anchor. */
export const anchorOf = ({ rank }: Network): string => `network-${Math.trunc(rank)}`

/** The word says it; the frame only helps to find it. */
export const severityMark = ({ severity }: Network): Markup => html`<span class="mark ${severity}">${severity}</span>`

/** Silence would read as "clean": say what was looked at. */
function nothingFound({ coverage, omitted }: ScanResult, { minSeverity }: ReportStyle): Markup {
  const tested = coverage.filter((each) => each.tested).map((each) => each.family)
  const what = tested.length === 0 ? 'No evidence family could be tested.' : `Tested: ${tested.join(', ')}.`
  const title = omitted.unchanged > 0 ? noNewsWords(minSeverity) : `No network reaches severity ${minSeverity}.`
  return html`<p><strong>${title}</strong> ${what}</p>`
}

function gone(result: ScanResult): Markup | null {
  const words = goneWords(result)
  return words === null ? null : html`<p class="soft">${words}.</p>`
}

/** Why is said of the networks that the limits leave out; those without news are counted apart. */
function leftOut({ omitted }: ScanResult, { minSeverity, top }: ReportStyle): Markup | null {
  if (omitted.networks === 0) return null
  const what = `${plural(omitted.networks, 'network')} with ${plural(omitted.accounts, 'account')}`
  const why = top === null ? `below severity ${minSeverity}` : `past --top ${top} or below severity ${minSeverity}`
  const withoutNews = withoutNewsWords({ omitted }, why)
  return html`<p class="soft">Not shown: ${what}${withoutNews === null ? ` ${why}` : `: ${withoutNews}`}.</p>`
}
