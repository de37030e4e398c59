import type { ScanResult } from '../../model.ts'
import type { Pen } from './pen.ts'
import { expiryWords } from './review-words.ts'
import { plural } from './words.ts'

const FEW = 5

/** Groups with the same explanation are told together, the largest first. */
export function explainedWords({ explained }: ScanResult, pen: Pen): string[] {
  if (explained.length === 0) return []
  const accounts = explained.reduce((sum, group) => sum + group.accountCount, 0)
  const byReason = new Map<string, number[]>()
  for (const group of explained) {
    byReason.set(group.explanation, [...(byReason.get(group.explanation) ?? []), group.accountCount])
  }
  const reasons = [...byReason]
    .map(([reason, sizes]) => ({ reason, groups: sizes.length, accounts: sizes.reduce((sum, size) => sum + size, 0) }))
    .toSorted((a, b) => b.accounts - a.accounts || (a.reason < b.reason ? -1 : 1))
  return [
    `${plural(explained.length, 'group')} with ${plural(accounts, 'account')} ${explainedVerb(explained)} not ranked`,
    ...reasons
      .slice(0, FEW)
      .map(
        (each) => `${plural(each.accounts, 'account')} in ${plural(each.groups, 'group')}: ${pen.text(each.reason)}`,
      ),
    ...(reasons.length > FEW ? [`and ${plural(reasons.length - FEW, 'other reason')}`] : []),
  ]
}

function explainedVerb(explained: ScanResult['explained']): string {
  const isOne = explained.length === 1
  if (explained.every(({ basis }) => basis === 'organization'))
    return isOne ? 'declares itself and is' : 'declare themselves and are'
  return isOne ? 'is accounted for and' : 'are accounted for and'
}

/** They hide nothing, and whoever relied on them must hear it. */
export const expiredWords = ({ expiredDeclarations }: ScanResult, pen: Pen): string[] =>
  expiredDeclarations.map((each) => expiryWords(each, (value) => pen.text(value, 100)))
