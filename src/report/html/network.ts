import type { Activity, Network } from '../../model.ts'
import { changeWords } from '../change-words.ts'
import { heatMap } from '../charts/heat-map.ts'
import { linkGraph } from '../charts/link-graph.ts'
import { scoreWaterfall } from '../charts/score-waterfall.ts'
import { type Chart, drawSvg } from '../charts/svg.ts'
import { timeline } from '../charts/timeline.ts'
import { asSentence, formatBits, formatCount, formatSpan, plural } from '../table/words.ts'
import { assessmentWords, chanceWords } from '../words.ts'
import { evidenceTables } from './evidence.ts'
import { html, Markup, type Part } from './markup.ts'
import { memberTable } from './members.ts'
import { mixTables } from './mix.ts'
import { anchorOf, severityMark } from './overview.ts'
import { facts } from './table.ts'

/** What a network's section needs beside the network. */
export interface Surroundings {
  readonly background: Activity
  /** Signal → its innocent causes. */
  readonly causesOf: ReadonlyMap<string, readonly string[]>
  /** Whether the section is unfolded. */
  readonly isOpen: boolean
}

/** One network, folded: what is claimed, why, what would speak against it, and who is in it. */
export function networkSection(network: Network, { background, causesOf, isOpen }: Surroundings): Markup {
  const id = anchorOf(network)
  const title = html`<h3>${network.rank}. <code>${network.id}</code></h3> ${severityMark(network)} ${formatBits(network.score)} bits, ${plural(network.accountCount, 'account')}`
  return html`<details class="network"${isOpen ? html` open` : null}><summary>${title}</summary>
<div id="${id}" tabindex="-1">
<p>${plural(network.accountCount, 'account')}, ${assessmentWords(network)}.</p>
${facts(assessment(network))}
${figure(scoreWaterfall(network), `${id}-score`)}
${evidenceTables(network, causesOf)}
${figure(linkGraph(network.members), `${id}-graph`)}
${figure(timeline(network.activity, background), `${id}-time`)}
<div class="pair">
${figure(heatMap(network.activity), `${id}-heat`)}
<div>${mixTables(network)}</div></div>
${memberTable(network)}</div></details>
`
}

function figure(chart: Chart | null, id: string): Markup | null {
  if (chart === null) return null
  const words = html`<figcaption>${chart.caption}. <span aria-hidden="true">${chart.label}</span></figcaption>`
  return html`<figure>${words}${new Markup(drawSvg(chart, id))}</figure>`
}

function assessment(network: Network): (readonly [string, Part])[] {
  const { innocentExplanation: innocent, fragile, falseDiscoveryRate, change, hubs } = network
  const left =
    innocent.residualBits === 0
      ? 'It explains all of it.'
      : `${formatBits(innocent.residualBits)} bits remain unexplained.`
  const list: (readonly [string, Part] | null)[] = [
    ['Best innocent explanation', `${asSentence(innocent.name)} ${left}`],
    ['It would be confirmed by', asSentence(innocent.wouldBeConfirmedBy)],
    [
      'Confidence',
      `${network.confidence}: the quality of the evidence, by independent families, coverage and fragility`,
    ],
    falseDiscoveryRate === 0 ? null : ['Chance', chanceWords(falseDiscoveryRate)],
    fragile === null ? null : ['Fragile', `Rests on ${fragile.dependsOn}; without it the finding falls.`],
    change === null ? null : ['Change', changeWords({ ...network, change }, (id) => id)],
    ['Active', formatSpan(network.firstSeen, network.lastSeen)],
    [
      'Volume',
      `${plural(network.requests, 'request')}, ${formatCount(network.inputTokens)} input and ${formatCount(network.outputTokens)} output tokens`,
    ],
    hubs.length === 0
      ? null
      : [
          'Values of many accounts',
          html`${hubs.slice(0, 5).map((hub, i) => html`${i === 0 ? null : html`<br>`}${hub.field} <code>${hub.value}</code>: ${hub.verdict}`)}`,
        ],
  ]
  return list.filter((fact) => fact !== null)
}
