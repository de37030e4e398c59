import type { Family } from '../model.ts'

/** An ordinary situation that makes strangers, or one open organisation, look linked. */
export interface InnocentHypothesis {
  readonly name: string
  /** Families whose agreement it accounts for. */
  readonly explains: readonly Family[]
  /** What would confirm it. */
  readonly wouldBeConfirmedBy: string
  /** Whether the facts of a group leave it possible. */
  applies(facts: GroupFacts): boolean
}

/** What the hypotheses look at. */
export interface GroupFacts {
  readonly size: number
  /** Share in [0, 1] of the members with a payment value that hold the commonest one. */
  readonly topInstrumentShare: number
  /** Share in [0, 1] of the members that share a payment instrument with another member. */
  readonly sharedInstrumentShare: number
  /** Share in [0, 1] of the members with a mail domain that hold the commonest one. */
  readonly topDomainShare: number
}

/**
 * The innocent look-alikes (DETECTION 2.15 and 7). Limits come from what the word means: a household is not twenty
 * people, a class not a thousand, and an agency that pays for its clients pays with one card, not with forty.
 */
export const innocentHypotheses: readonly InnocentHypothesis[] = [
  {
    name: 'shared address (campus, carrier, VPN)',
    explains: ['network'],
    wouldBeConfirmedBy: 'the owner of the address block naming it as a shared exit',
    applies: () => true,
  },
  {
    name: 'household',
    explains: ['payment', 'client', 'network', 'registration'],
    wouldBeConfirmedBy: 'one billing name and a home connection behind all of the accounts',
    applies: ({ size }) => size <= 6,
  },
  {
    name: 'one customer with several accounts (office, agency, department)',
    explains: ['payment', 'client', 'network', 'registration', 'content', 'timing', 'lifecycle'],
    wouldBeConfirmedBy: 'the payer confirming in writing that the accounts are its own',
    applies: ({ size, topInstrumentShare, sharedInstrumentShare }) =>
      size <= 500 && topInstrumentShare >= 0.6 && sharedInstrumentShare >= 0.6,
  },
  {
    name: 'popular framework or product',
    explains: ['client', 'content'],
    wouldBeConfirmedBy: 'the template or client build being published by a vendor or project',
    applies: () => true,
  },
  {
    name: 'class, workshop or hackathon',
    explains: ['registration', 'content', 'network', 'client', 'timing'],
    wouldBeConfirmedBy: 'an organiser naming the event, and use that ends with it',
    applies: ({ size }) => size <= 500,
  },
  {
    name: 'region with one issuer, carrier and mail provider',
    explains: ['network', 'registration'],
    wouldBeConfirmedBy: 'customers of the region who are known to be independent showing the same values',
    applies: () => true,
  },
  {
    name: 'continuous integration or scheduled jobs',
    explains: ['network', 'client', 'timing', 'lifecycle'],
    wouldBeConfirmedBy: 'one owner of the jobs, declared by organisation id or payer',
    applies: () => true,
  },
  {
    name: 'evaluation suite or launch day',
    explains: ['content', 'timing', 'lifecycle'],
    wouldBeConfirmedBy: 'a published benchmark with the same prompts, or a release at that hour',
    applies: () => true,
  },
]

/** Whether one single hypothesis of unlimited size accounts for agreement in all of these families. */
export const explainsTogether = (families: readonly Family[]): boolean =>
  innocentHypotheses.some(
    ({ explains, applies }) =>
      families.every((family) => explains.includes(family)) &&
      applies({ size: Number.MAX_SAFE_INTEGER, topInstrumentShare: 0, sharedInstrumentShare: 0, topDomainShare: 0 }),
  )
