import type { Evidence, Family } from '../../model.ts'
import { formatBits } from '../table/words.ts'
import type { Inline } from './inline.ts'
import { tableHead, tableRow } from './layout.ts'

/** What counts most comes first, then what was measured. */
export const byWeight = (evidence: readonly Evidence[]): readonly Evidence[] =>
  evidence.toSorted((a, b) => b.countedBits - a.countedBits || b.bits - a.bits)

/** The score by evidence family: bits that count, and every signal of the family in a sentence. */
export function renderEvidence(evidence: readonly Evidence[], score: number, inline: Inline): string {
  const families = new Map<Family, Evidence[]>()
  for (const each of byWeight(evidence)) families.set(each.family, [...(families.get(each.family) ?? []), each])
  const rows = [...families]
    .map(([family, signals]) => ({ family, signals, bits: signals.reduce((sum, each) => sum + each.countedBits, 0) }))
    .toSorted((a, b) => b.bits - a.bits)
    .map(({ family, signals, bits }) =>
      tableRow([family, formatBits(bits), signals.map((each) => signalWords(each, inline)).join('; ')]),
    )
  const sum = tableRow(['**Score**', `**${formatBits(score)}**`, 'what the innocent explanation below leaves'])
  return [tableHead(['Evidence family', 'Bits that count', 'What was seen'], ['Bits that count']), ...rows, sum].join(
    '\n',
  )
}

/** A signal that counts nothing is shown, and said to. */
function signalWords({ summary, countedBits }: Evidence, inline: Inline): string {
  const sentence = inline.prose(summary).replace(/\.$/u, '')
  return countedBits > 0 ? sentence : `*counts nothing:* ${sentence}`
}
