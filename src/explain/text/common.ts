import type { MemberLink } from '../../model.ts'
import type { Pen } from '../../report/table/pen.ts'
import { reviewFacts } from '../../report/table/review-words.ts'
import { asSentence, formatBits, formatCount, plural } from '../../report/table/words.ts'
import { assessmentWords, chanceWords } from '../../report/words.ts'
import type { Caveats, Clearing, DeclaredGroup, Negative, NetworkHead, UnlinkedExplanation } from '../explanation.ts'
import { fact } from './section.ts'

/** Name and value of a shared value, safe and bounded. */
export const valueWords = ({ field, value }: Pick<MemberLink, 'field' | 'value'>, pen: Pen): string =>
  `${pen.text(field, 40)} ${pen.text(value, 60)}`

/** What is claimed, with which score and on evidence of which quality: three things that are never mixed. */
export function headLines(head: NetworkHead, pen: Pen): string[] {
  const accounts = `${plural(head.accountCount, 'account')}, ${head.severity === 'low' ? '' : 'suspected and not proven: '}${assessmentWords(head)}.`
  return [
    ...fact('network', `${pen.text(head.id, 40)}, rank ${head.rank} of ${head.of}, severity ${head.severity}`, pen),
    ...fact('assessment', accounts, pen),
    ...fact('score', `${formatBits(head.score)} bits are left after the best innocent explanation.`, pen),
    ...(head.falseDiscoveryRate > 0 ? fact('chance', chanceWords(head.falseDiscoveryRate), pen) : []),
    ...fact('confidence', `${pen.text(head.confidence, 20)}, which rates the evidence and not the accounts.`, pen),
    ...reviewFacts({ ...head, accounts: [] }, (value) => pen.text(value, 100)).flatMap(([label, text]) =>
      fact(label, text, pen),
    ),
  ]
}

/** Which innocent cause comes nearest, what would confirm it, and what the finding hangs on. */
export function clearingLines(
  { explanation, fragile, holdsFragile }: Clearing & { readonly holdsFragile?: boolean | null },
  pen: Pen,
): string[] {
  const { name, residualBits, wouldBeConfirmedBy } = explanation
  const left =
    residualBits === 0 ? 'It explains all of it.' : `${formatBits(residualBits)} bits of the evidence remain under it.`
  const notHeld = holdsFragile === false ? ' (not held by this account)' : ''
  return [
    ...fact('nearest cause', `${asSentence(pen.text(name))} ${left}`, pen),
    ...fact('ask for', asSentence(pen.text(wouldBeConfirmedBy)), pen),
    ...(fragile === null
      ? []
      : fact('fragile', `Rests on ${pen.text(fragile.dependsOn)}${notHeld}; without it the finding falls.`, pen)),
  ]
}

/** What was looked for and not found, and what could not be looked for. */
export function negativeLines({ notConfirmed, silent, tooSmall, notTestable }: Negative, pen: Pen): string[] {
  return [
    ...notConfirmed.flatMap(({ signal, statistic, p }, i) =>
      fact(i === 0 ? 'not confirmed' : '', `${pen.text(signal, 60)}: ${pen.text(statistic)}; ${pWords(p)}`, pen),
    ),
    ...familiesLine('no indication', silent, 'nothing found, or too little to test', pen),
    ...familiesLine('too small', tooSmall, 'too few accounts to test order', pen),
    ...notTestableLines(notTestable, pen),
  ]
}

const familiesLine = (label: string, families: readonly string[], why: string, pen: Pen): string[] =>
  families.length === 0 ? [] : fact(label, `${families.map((family) => pen.text(family, 40)).join(', ')}: ${why}`, pen)

/** Families with the same reason are told together. */
export function notTestableLines(coverage: UnlinkedExplanation['notTestable'], pen: Pen): string[] {
  const byReason = new Map<string, string[]>()
  for (const { family, why } of coverage) byReason.set(why, [...(byReason.get(why) ?? []), pen.text(family, 40)])
  return [...byReason].flatMap(([why, families], i) =>
    fact(i === 0 ? 'not testable' : '', `${families.join(', ')}: ${pen.text(why)}`, pen),
  )
}

/** `p=0.005`; what would print as zero is `p<0.001`. No blanks, so that no line breaks inside. */
export const pWords = (p: number): string => (p < 0.001 ? 'p<0.001' : `p=${Number(p.toPrecision(2))}`)

export const groupLines = (groups: readonly DeclaredGroup[], pen: Pen): string[] =>
  groups.flatMap(({ accountCount, explanation }) => {
    const text = `In a group of ${plural(accountCount, 'account')} that is not ranked: ${pen.text(explanation)}.`
    return fact('explained', text, pen)
  })

/** What was said of the account itself. */
export function ownReviewLines(id: string, review: NetworkHead['review'], pen: Pen): string[] {
  if (review === null) return []
  const said = [
    ...(review.confirmed.includes(id) ? ['A review confirmed it.'] : []),
    ...(review.cleared.includes(id) ? ['A review cleared it.'] : []),
    ...review.declared
      .filter(({ accounts }) => accounts.includes(id))
      .map(({ owner, until }) => `Declared known by ${pen.text(owner, 100)}, until ${pen.text(until, 20)}.`),
  ]
  return said.length === 0 ? [] : fact('this account', said.join(' '), pen)
}

/** What the report itself lacks. */
export function caveatLines(caveats: Caveats, pen: Pen): string[] {
  const { omittedNetworks, omittedAccounts, records, rejectedRecords } = caveats
  const omitted = `${plural(omittedNetworks, 'network')} with ${plural(omittedAccounts, 'account')}`
  const unread = `${formatCount(rejectedRecords)} of ${plural(records + rejectedRecords, 'record')}`
  return [
    ...(omittedNetworks === 0 ? [] : fact('left out', `The report leaves out ${omitted}.`, pen)),
    ...(rejectedRecords === 0 ? [] : fact('unread', `${unread} could not be read.`, pen)),
  ]
}
