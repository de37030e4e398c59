import type { Network } from '../../model.ts'
import { changeWords } from '../change-words.ts'
import { reviewFacts } from '../table/review-words.ts'
import { sparkline } from '../table/sparkline.ts'
import { asSentence, formatBits, formatCount, formatSpan, plural } from '../table/words.ts'
import { assessmentWords, chanceWords } from '../words.ts'
import { renderEvidence } from './evidence.ts'
import type { Inline } from './inline.ts'

/** Accounts named of each network; the JSON document has all. */
const ACCOUNTS = 50
/** Models and capabilities named, the most used first. */
const KINDS = 5
/** Columns of a sparkline: more would break on a narrow page. */
const SPARKLINE_WIDTH = 60

/** One network in full: what is claimed, the score by family, what would speak against it, its activity and its accounts. */
export function renderNetwork(network: Network, inline: Inline, unicode: boolean): string {
  const { rank, id, severity, score, confidence, accountCount } = network
  return [
    `## ${rank}. ${inline.code(id, 16)}: ${severity}, ${formatBits(score)} bits`,
    `${plural(accountCount, 'account')}, ${assessmentWords(network)}. Confidence, the quality of the evidence: ${confidence}.`,
    renderEvidence(network.evidence, score, inline),
    list([...innocenceFacts(network, inline), ...activityFacts(network, inline, unicode)]),
    accountDetails(network, inline),
  ].join('\n\n')
}

type Fact = readonly [label: string, text: string]

const list = (facts: readonly Fact[]): string => facts.map(([label, text]) => `- **${label}:** ${text}`).join('\n')

function innocenceFacts(network: Network, inline: Inline): Fact[] {
  const { innocentExplanation: innocent, fragile, falseDiscoveryRate, change } = network
  const left =
    innocent.residualBits === 0 ? 'It explains all of it.' : `${formatBits(innocent.residualBits)} bits remain.`
  return [
    ['Strongest innocent explanation', `${asSentence(inline.prose(innocent.name))} ${left}`],
    ['Would be confirmed by', asSentence(inline.prose(innocent.wouldBeConfirmedBy))],
    ...(falseDiscoveryRate === 0 ? [] : [['Chance', chanceWords(falseDiscoveryRate)] as const]),
    ['Fragile', fragile === null ? 'no single value or account carries it.' : fragileWords(fragile.dependsOn, inline)],
    ...(change === null ? [] : [['Change', changeWords({ ...network, change }, (id) => inline.code(id))] as const]),
    ...reviewFacts(network, (value) => inline.code(value)).map(
      ([label, text]) => [label.charAt(0).toUpperCase() + label.slice(1), text] as const,
    ),
  ]
}

const fragileWords = (dependsOn: string, inline: Inline): string =>
  `rests on ${inline.prose(dependsOn)}; without it the finding falls.`

function activityFacts(network: Network, inline: Inline, unicode: boolean): Fact[] {
  const { firstSeen, lastSeen, requests, inputTokens, outputTokens, activity, models, capabilities } = network
  const volume = `${plural(requests, 'request')}, ${formatCount(inputTokens)} input and ${formatCount(outputTokens)} output tokens`
  const drawn = sparkline(activity, { width: SPARKLINE_WIDTH, unicode })
  return [
    ['Active', `${formatSpan(firstSeen, lastSeen)}; ${volume}`],
    ...(drawn === null ? [] : [['Activity', `${inline.code(drawn.bars)} ${drawn.caption}`] as const]),
    ...mixFact(
      'Models',
      models.map((each) => [each.model, each.requests]),
      inline,
    ),
    ...mixFact(
      'Capabilities',
      capabilities.map((each) => [each.capability, each.requests]),
      inline,
    ),
  ]
}

/** The most used first, with their requests; nothing where the export has no such column. */
function mixFact(label: string, mix: readonly (readonly [string, number])[], inline: Inline): Fact[] {
  if (mix.length === 0) return []
  const top = mix.toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, KINDS)
  const words = top.map(([name, requests]) => `${inline.code(name, 60)} ${plural(requests, 'request')}`)
  const rest = mix.length - top.length
  return [[label, `${words.join(', ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`]]
}

/** Folded: a ticket is read from the top. The blank lines make a parser read Markdown inside the HTML. */
function accountDetails({ accounts, accountCount }: Network, inline: Inline): string {
  const shown = accounts.slice(0, ACCOUNTS)
  const rest = accountCount - shown.length
  const more = rest > 0 ? `\n\n${formatCount(rest)} more in the JSON report.` : ''
  const ids = shown.map((id) => inline.code(id, 64)).join(', ')
  return `<details><summary>${plural(accountCount, 'account')}</summary>\n\n${ids}${more}\n\n</details>`
}
