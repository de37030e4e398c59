import type { Pen } from '../../report/table/pen.ts'
import { firstFew, formatBits, formatCount, formatSpan, plural } from '../../report/table/words.ts'
import type { NetworkExplanation } from '../explanation.ts'
import { caveatLines, clearingLines, headLines, negativeLines, pWords, valueWords } from './common.ts'
import { fact, type Section } from './section.ts'
import { waterfallSection } from './waterfall.ts'

const FEW_CELLS = 8
const FEW_HUBS = 10
const BITS = 13

/** How the score of a network comes about, section by section. */
export function networkSections(explanation: NetworkExplanation, pen: Pen): Section[] {
  const { hypotheses, hubs, confirmed, waterfall } = explanation
  const causes = hypotheses.flatMap(({ name, residualBits }) =>
    fact(`${formatBits(residualBits)} bits`.padStart(BITS - 2), pen.text(name), pen, BITS),
  )
  const terms = waterfall.terms.flatMap(({ family, summary }) => fact(pen.text(family, 14), pen.text(summary), pen))
  const tests = confirmed.map(
    ({ signal, statistic, p }) => `${pen.text(signal, 60)}: ${pen.text(statistic)}; ${pWords(p)}`,
  )
  const shown = hubs.slice(0, FEW_HUBS).flatMap((hub) => {
    const text = `${valueWords(hub, pen)}: ${pen.text(hub.verdict)}`
    return fact(plural(hub.memberCount, 'member'), text, pen)
  })
  const rest = hubs.length > FEW_HUBS ? fact('', `and ${formatCount(hubs.length - FEW_HUBS)} more`, pen) : []
  return [
    { title: '', lines: openingLines(explanation, pen) },
    waterfallSection(waterfall, pen),
    { title: 'What the signals say', lines: terms },
    { title: 'Tests that hold', lines: tests.flatMap((text, i) => fact(i === 0 ? 'confirmed' : '', text, pen)) },
    { title: 'What each innocent explanation would leave', lines: causes },
    { title: 'What would clear it', lines: clearingLines(explanation.clearing, pen) },
    { title: 'Values of very many accounts that were let through', lines: [...shown, ...rest] },
    { title: 'Tested without a finding, and not tested', lines: negativeLines(explanation.negative, pen) },
  ]
}

function openingLines(explanation: NetworkExplanation, pen: Pen): string[] {
  const { network, cells, requests, outputTokens, firstSeen, lastSeen, caveats } = explanation
  const sizes = firstFew(cells.slice(0, FEW_CELLS).map(formatCount), cells.length, FEW_CELLS)
  const volume = `${plural(requests, 'request')}, ${formatCount(outputTokens)} output tokens`
  return [
    ...headLines(network, pen),
    ...fact('cells', cells.length === 1 ? 'One tight cell.' : `${cells.length} tight cells, of ${sizes} accounts`, pen),
    ...fact('active', `${formatSpan(firstSeen, lastSeen)}; ${volume}`, pen),
    ...caveatLines(caveats, pen),
  ]
}
