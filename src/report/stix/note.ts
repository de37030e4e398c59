import type { Network, ScanResult } from '../../model.ts'
import { noNewsWords } from '../change-words.ts'
import { safeText } from '../safe-text.ts'
import { reviewFacts } from '../table/review-words.ts'
import { asSentence, formatBits, formatCount, plural } from '../table/words.ts'
import { assessmentWords, chanceWords } from '../words.ts'

/** `40 accounts, assessed to be under common control.` */
export const assessment = (network: Network): string =>
  `${plural(network.accountCount, 'account')}, ${assessmentWords(network)}.`

/** What a recipient must know before acting on the network: one paragraph a line. */
export function networkNote(network: Network, result: ScanResult): string {
  const { innocentExplanation: innocent, fragile } = network
  return [
    `Assessment: ${assessment(network)} A lead for a person to check, not a verdict. It names nobody behind the accounts.`,
    `Score: ${formatBits(network.score)} bits. It is the evidence that the best innocent explanation leaves over, and ten bits are a factor of about a thousand. It is not a probability.`,
    ...(network.falseDiscoveryRate > 0 ? [`Chance: ${chanceWords(network.falseDiscoveryRate)}`] : []),
    `Evidence: ${network.confidence} in quality. The confidence of these objects is that quality as a number.`,
    ...evidenceLines(network),
    `Innocent explanation: ${shown(innocent.name)}. It leaves ${formatBits(innocent.residualBits)} bits unexplained.`,
    `What would confirm it: ${asSentence(shown(innocent.wouldBeConfirmedBy))}`,
    ...reviewFacts(network, shown).map(([label, text]) => `${label}: ${text}`),
    ...(fragile === null ? [] : [`Hangs on: ${asSentence(shown(fragile.dependsOn))}`]),
    ...limitLines(result),
  ].join('\n')
}

/** Silence would read as "clean": says what was looked at. */
export function emptyNote(result: ScanResult, minSeverity: string): string {
  const { networks, unchanged } = result.omitted
  const left =
    networks === 0 ? '' : ` ${plural(networks, 'network')} ${unchanged > 0 ? 'below it or without news' : 'below it'}.`
  return [
    `${unchanged > 0 ? noNewsWords(minSeverity) : `No network reaches severity ${minSeverity}.`}${left}`,
    ...limitLines(result),
  ].join('\n')
}

function evidenceLines({ evidence }: Network): string[] {
  return evidence
    .filter((each) => each.countedBits > 0)
    .toSorted((a, b) => b.countedBits - a.countedBits)
    .map((each) => `- ${each.family}, ${formatBits(each.countedBits)} bits: ${asSentence(shown(each.summary))}`)
}

function limitLines({ tool, totals, coverage, window }: ScanResult): string[] {
  const untested = coverage.filter((each) => !each.tested)
  const span = window.from === null || window.to === null ? 'no time' : `${window.from} to ${window.to}`
  return [
    `Method: ${tool.name} ${tool.version} links accounts by rare values that they share, tests the groups against chance and against innocent explanations, and counts what is left. Read: ${plural(totals.requests, 'request')} of ${plural(totals.accounts, 'account')}, ${span}.`,
    `Not tested: ${untested.length === 0 ? 'every family could be tested' : untested.map(({ family, why }) => `${family} (${shown(why)})`).join('; ')}.`,
    `Limits: values are compared within one export, so that "nobody else" means nobody in these ${formatCount(totals.accounts)} accounts. Values may be shortened or replaced by pseudonyms. What is in no log was not seen.`,
  ]
}

const shown = (text: string): string => safeText(text, { maxLength: 400 })
