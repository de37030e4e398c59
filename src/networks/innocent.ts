/** An ordinary situation that makes strangers, or one open organisation, look linked. */
export interface InnocentHypothesis {
  readonly name: string
  /** Ids of the signals whose agreement it accounts for. */
  readonly explains: readonly string[]
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
  /**
   * Share in [0, 1] of the members with a mail domain that hold the commonest one, if it is the group's own (a third
   * of all its holders are members); `null` if no member has a domain.
   */
  readonly ownDomainShare: number | null
  /** Share in [0, 1] of the members with an address that were seen in the commonest address block. */
  readonly topAddressShare: number
}

const ADDRESS = ['shared-address-block', 'network-concentration']
/** What people of one country or town have in common without knowing each other. */
export const REGION: readonly string[] = [...ADDRESS, 'registration-pattern', 'card-bin-concentration']
const PRODUCT = ['shared-client-stack', 'shared-prompt-template', 'repeated-prompt']
const HABITS = ['round-the-clock-use', 'high-volume', 'no-ramp']
const PAYMENT = ['shared-payment-instrument', 'shared-billing-details', 'card-bin-concentration']
const REGISTRATION = ['shared-registration-details', 'registration-pattern', 'registration-burst']

/**
 * The innocent look-alikes (docs/detection.md, "Innocent explanations"), by signal and not by family: a popular
 * framework explains the same client stack, not the same device. Limits come from what the word means: a household is
 * not twenty people, a class not a thousand, and whoever pays for its own people pays with one card, not with forty.
 */
export const innocentHypotheses: readonly InnocentHypothesis[] = [
  {
    name: 'strangers of one region, carrier or campus',
    explains: REGION,
    wouldBeConfirmedBy: 'independent customers of the region showing the same values',
    applies: () => true,
  },
  {
    name: 'household',
    explains: [...PAYMENT, ...REGISTRATION, ...ADDRESS, 'shared-device', 'shared-client-stack'],
    wouldBeConfirmedBy: 'one billing name and a home connection behind all of the accounts',
    applies: ({ size }) => size <= 6,
  },
  {
    name: 'agency that pays for its clients',
    explains: [...PAYMENT, ...REGISTRATION, ...ADDRESS, ...HABITS, 'shared-device', 'shared-client-stack'],
    wouldBeConfirmedBy: 'the payer naming the clients behind the accounts, whose work differs',
    applies: ({ size, topInstrumentShare, sharedInstrumentShare }) =>
      sharedInstrumentShare >= 0.6 && (size <= 60 ? topInstrumentShare >= 0.6 : topInstrumentShare >= 0.95),
  },
  {
    name: 'one customer with several accounts (office, department)',
    explains: [...PAYMENT, ...REGISTRATION, ...ADDRESS, ...PRODUCT, ...HABITS, 'shared-device'],
    wouldBeConfirmedBy: 'the payer confirming in writing that the accounts are its own',
    // One payer, and no pretence of being strangers: mailboxes at one domain of their own, where mailboxes are known.
    applies: ({ size, topInstrumentShare, sharedInstrumentShare, ownDomainShare }) =>
      size <= 500 &&
      topInstrumentShare >= 0.6 &&
      sharedInstrumentShare >= 0.6 &&
      (ownDomainShare === null || ownDomainShare >= 0.5),
  },
  {
    name: 'popular framework or product, and its market',
    explains: [...PRODUCT, ...REGION],
    wouldBeConfirmedBy: 'the template or client build being published by a vendor or project',
    applies: () => true,
  },
  {
    name: 'class, workshop or hackathon',
    explains: [...REGISTRATION, ...REGION, ...PRODUCT],
    wouldBeConfirmedBy: 'an organiser naming the event, and use that ends with it',
    applies: ({ size }) => size <= 500,
  },
  {
    name: 'shared computers (laboratory, library, café)',
    explains: [...REGION, 'shared-device', 'shared-client-stack', 'registration-burst'],
    wouldBeConfirmedBy: 'the owner of the rooms naming the machines',
    applies: () => true,
  },
  {
    name: 'continuous integration or scheduled jobs',
    explains: [...ADDRESS, ...HABITS, 'shared-device', 'shared-client-stack'],
    wouldBeConfirmedBy: 'one owner of the jobs, declared by organisation id or payer',
    applies: () => true,
  },
  {
    name: 'evaluation suite or launch day',
    explains: [...HABITS, 'shared-prompt-template', 'repeated-prompt'],
    wouldBeConfirmedBy: 'a published benchmark with the same prompts, or a release at that hour',
    applies: () => true,
  },
]

/** Whether one single hypothesis accounts for agreement in all of these signals among strangers of that number. */
export const explainsTogether = (signals: readonly string[], size: number): boolean =>
  innocentHypotheses.some(
    ({ explains, applies }) =>
      signals.every((signal) => explains.includes(signal)) &&
      applies({ size, topInstrumentShare: 0, sharedInstrumentShare: 0, ownDomainShare: 0, topAddressShare: 0 }),
  )
