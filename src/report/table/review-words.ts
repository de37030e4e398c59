import type { ExpiredDeclaration, Network, NetworkReview } from '../../model.ts'
import { firstFew, formatCount, plural } from './words.ts'

const FEW = 5

/** A label, and what stands beside it. */
export type ReviewFact = readonly [label: 'reviewed' | 'declared' | 'look at', text: string]

/**
 * What declarations and earlier reviews say of a network, in words.
 *
 * @param text makes what came from a log or a file safe for the format
 */
export function reviewFacts(
  { review, severity, accountCount, accounts }: Pick<Network, 'review' | 'severity' | 'accountCount' | 'accounts'>,
  text: (value: string) => string,
): ReviewFact[] {
  if (!review) return [] // also of a report of an earlier build
  return [
    ...decisionFacts(review, severity, accountCount),
    ...lookAt(review, accounts).map((what): ReviewFact => ['look at', listWords(what, text)]),
    ...review.declared.map(
      ({ owner, reason, until, accounts: declared }): ReviewFact => [
        'declared',
        `${formatCount(declared.length)} of ${plural(accountCount, 'account')} ${declared.length === 1 ? 'is' : 'are'} declared known by ${text(owner)} (${text(reason)}, until ${text(until)}), which does not account for the others.`,
      ],
    ),
  ]
}

function decisionFacts(
  { confirmed, cleared, severityByEvidence }: NetworkReview,
  severity: string,
  size: number,
): ReviewFact[] {
  if (confirmed.length + cleared.length === 0) return []
  const counts = [
    ...(confirmed.length > 0 ? [`confirmed ${formatCount(confirmed.length)}`] : []),
    ...(cleared.length > 0 ? [`cleared ${formatCount(cleared.length)}`] : []),
  ]
  const moved = severityByEvidence === severity ? '' : ` By the evidence alone its severity is ${severityByEvidence}.`
  return [['reviewed', `Earlier reviews ${counts.join(' and ')} of its ${plural(size, 'account')}.${moved}`]]
}

interface Listed {
  readonly what: string
  readonly ids: readonly string[]
}

/** Whom nobody has looked at yet beside confirmed accounts: in the network, and linked to it. */
function lookAt({ confirmed, cleared, linkedOutside }: NetworkReview, accounts: readonly string[]): Listed[] {
  if (confirmed.length === 0) return []
  const reviewed = new Set([...confirmed, ...cleared])
  const open = accounts.filter((account) => !reviewed.has(account))
  return [
    { what: 'Beside confirmed accounts and not reviewed', ids: open },
    { what: 'In no network, and linked to a confirmed account of this one', ids: linkedOutside },
  ].filter(({ ids }) => ids.length > 0)
}

const listWords = ({ what, ids }: Listed, text: (value: string) => string): string =>
  `${what}: ${firstFew(ids.slice(0, FEW).map(text), ids.length, FEW)}`

/**
 * `known.csv:3: the declaration of Harbour Desk ended on 2026-06-06; 1 account of it is in 54b2ico3b6`.
 *
 * @param text makes what came from a file safe for the format
 */
export function expiryWords(
  { path, lines, owner, expired, accounts, networks }: ExpiredDeclaration,
  text: (value: string) => string,
): string {
  const more = lines.length > 1 ? ` and ${plural(lines.length - 1, 'more line', 'more lines')}` : ''
  const where = firstFew(networks.slice(0, FEW).map(text), networks.length, FEW)
  const who = `${plural(accounts, 'account')} of it ${accounts === 1 ? 'is' : 'are'} in ${where}`
  return `${text(path)}:${lines[0]}${more}: the declaration of ${text(owner)} ended on ${text(expired)}; ${who}`
}
