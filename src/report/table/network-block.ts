import type { Evidence, Network } from '../../model.ts'
import { changeWords } from '../change-words.ts'
import { assessmentWords, chanceWords } from '../words.ts'
import { labelled, wrap } from './layout.ts'
import type { Pen } from './pen.ts'
import { sparkline } from './sparkline.ts'
import { asSentence, firstFew, formatBits, formatCount, formatSpan, plural } from './words.ts'

const INDENT = 3
const LABEL = 13
const SAMPLE = 5
const SAMPLE_SIGNALS = 2

/** One network in full: what is claimed, on which evidence, what would speak against it, and who is in it. */
export function renderNetworkBlock(network: Network, pen: Pen): string {
  const { severity, score } = network
  const title = `${network.rank}. ${pen.strong(pen.text(network.id, 16))}  ${pen.severity(severity, severity)}, ${formatBits(score)} bits, ${network.confidence} confidence`
  const claim = `${plural(network.accountCount, 'account')}, ${assessmentWords(network)}.`
  return [
    title,
    ...wrap(claim, pen.width - INDENT).map((line) => ' '.repeat(INDENT) + line),
    ...evidenceLines(network.evidence, pen),
    ...facts(network, pen).flatMap(([label, text]) =>
      labelled(label, text, { indent: INDENT, column: LABEL, width: pen.width }),
    ),
  ].join('\n')
}

/** One line per signal: family, bits that count, the sentence. What the innocent explanation or a cap leaves out is named behind. */
function evidenceLines(evidence: readonly Evidence[], pen: Pen): string[] {
  const ordered = evidence.toSorted((a, b) => b.countedBits - a.countedBits || b.bits - a.bits)
  const counted = ordered.filter((each) => each.countedBits > 0)
  const others = ordered.filter((each) => each.countedBits <= 0)
  const lines = counted.flatMap((each) => {
    const bits = `${formatBits(each.countedBits)} bits`.padStart(10)
    return labelled(`${each.family.padEnd(LABEL)}${bits}  `, pen.text(each.summary), {
      indent: INDENT,
      column: LABEL + 12,
      width: pen.width,
    })
  })
  if (others.length === 0) return lines
  const named = others
    .slice(0, SAMPLE_SIGNALS)
    .map((each) => `${each.family} (${withoutStop(pen.text(each.summary, 160))})`)
  const rest = others.length - named.length
  const text = `${named.join('; ')}${rest > 0 ? `; and ${plural(rest, 'more signal')}` : ''}`
  return [...lines, ...labelled('explained', text, { indent: INDENT, column: LABEL, width: pen.width })]
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/u, '')

function facts(network: Network, pen: Pen): (readonly [string, string])[] {
  const { innocentExplanation: innocent, fragile, change } = network
  const explanation = `${asSentence(pen.text(innocent.name))} ${innocent.residualBits === 0 ? 'It explains all of it.' : `${formatBits(innocent.residualBits)} bits remain.`}`
  const ids = network.accounts.slice(0, SAMPLE).map((id) => pen.text(id, 64))
  const volume = `${plural(network.requests, 'request')}, ${formatCount(network.inputTokens)} input and ${formatCount(network.outputTokens)} output tokens`
  const list: (readonly [string, string] | null)[] = [
    ['innocent?', explanation],
    ['ask for', asSentence(pen.text(innocent.wouldBeConfirmedBy))],
    network.falseDiscoveryRate === 0 ? null : ['chance', chanceWords(network.falseDiscoveryRate)],
    fragile === null ? null : ['fragile', `Rests on ${pen.text(fragile.dependsOn)}; without it the finding falls.`],
    change === null ? null : ['change', changeWords({ ...network, change }, (id) => pen.text(id, 64))],
    ['active', `${formatSpan(network.firstSeen, network.lastSeen)}; ${volume}`],
    ...activityFacts(network, pen),
    ['accounts', firstFew(ids, network.accountCount, SAMPLE)],
  ]
  return list.filter((fact) => fact !== null)
}

/** The picture and what it shows, below `active`; nothing where there is nothing to see. */
function activityFacts({ activity }: Network, pen: Pen): (readonly [string, string])[] {
  const drawn = sparkline(activity, { width: pen.width - INDENT - LABEL, unicode: pen.unicode })
  if (drawn === null) return []
  return [
    ['', drawn.bars],
    ['', drawn.caption],
  ]
}
