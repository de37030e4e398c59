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
  /**
   * Share in [0, 1] of the members with a payment instrument, or a billing name or address, that hold the commonest one:
   * a card that was renewed and a second one under the same name are one payer.
   */
  readonly topPayerShare: number
  /** Share in [0, 1] of the members that share a payment instrument with another member. */
  readonly sharedInstrumentShare: number
  /**
   * Share in [0, 1] of the members with a mail domain that hold the commonest one, if it is the group's own (a third
   * of all its holders are members); `null` if no member has a domain.
   */
  readonly ownDomainShare: number | null
  /** Share in [0, 1/3] of the requests in the quietest eight hours of the day; `null` if unknown: people may be behind it. */
  readonly quietShare: number | null
  /** Days on which the median member was active. */
  readonly medianActiveDays: number
  /** Share in [0, 1] of the members with an address that were seen in the commonest address block. */
  readonly topAddressShare: number
}

const ADDRESS = ['shared-address-block', 'network-concentration']
/** What people of one country or town have in common without knowing each other. */
export const REGION: readonly string[] = [...ADDRESS, 'registration-pattern', 'card-bin-concentration']
const PRODUCT = ['shared-client-stack', 'shared-prompt-template', 'repeated-prompt']
/** How much and how evenly an account is used: whatever runs by itself does. */
const HABITS: readonly string[] = ['round-the-clock-use', 'high-volume', 'no-ramp', 'alike-use', 'release-pivot']
const PAYMENT = ['shared-payment-instrument', 'shared-billing-details', 'card-bin-concentration', 'issued-card-runs']
const REGISTRATION = ['shared-registration-details', 'registration-pattern', 'registration-burst']
/** What whoever runs several accounts openly does with them: shares out work, moves on when one is closed. */
const OPERATION = ['dispatcher', 'synchronised-use', 'failover', 'hand-over', 'pool-shift']
/** What whoever measures a model asks of it. */
const MEASURING = [
  'dataset-sweep',
  'best-of-n',
  'rubric-grading',
  'reasoning-elicitation',
  'reasoning-tags',
  'trace-cleaning',
]

/** A tenth of the requests in the quietest third of the day: whoever makes more does not sleep, and is no class. */
const MOST_AT_NIGHT = 0.1
/** Days of an event that goes on through the night. */
const MOST_EVENT_DAYS = 4
const sleeps = (quietShare: number | null): boolean => quietShare === null || quietShare <= MOST_AT_NIGHT

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
    applies: ({ size, topPayerShare, sharedInstrumentShare }) =>
      sharedInstrumentShare >= 0.6 && (size <= 60 ? topPayerShare >= 0.6 : topPayerShare >= 0.95),
  },
  {
    name: 'one customer with several accounts (office, department)',
    explains: [...PAYMENT, ...REGISTRATION, ...ADDRESS, ...PRODUCT, ...HABITS, ...OPERATION, 'shared-device'],
    wouldBeConfirmedBy: 'the payer confirming in writing that the accounts are its own',
    // One payer, and no pretence of being strangers: mailboxes at one domain of their own, where mailboxes are known.
    applies: ({ size, topPayerShare, sharedInstrumentShare, ownDomainShare }) =>
      size <= 500 &&
      topPayerShare >= 0.6 &&
      sharedInstrumentShare >= 0.6 &&
      (ownDomainShare === null || ownDomainShare >= 0.5),
  },
  {
    name: 'popular framework or product, and its market',
    // The maker of a product moves all of its customers to a new model, and runs its jobs at the same hour for all.
    // What its template asks for is asked by every customer.
    explains: [...PRODUCT, ...REGION, ...HABITS, ...MEASURING, 'identity-injection', 'synchronised-use'],
    wouldBeConfirmedBy: 'the template or client build being published by a vendor or project',
    applies: () => true,
  },
  {
    name: 'class, workshop or hackathon',
    explains: [
      ...REGISTRATION,
      ...REGION,
      ...PRODUCT,
      'synchronised-use',
      'pool-shift',
      'best-of-n',
      'alike-use',
      'reasoning-elicitation',
      'rubric-grading',
    ],
    wouldBeConfirmedBy: 'an organiser naming the event, and use that ends with it',
    applies: ({ size, quietShare, medianActiveDays }) =>
      size <= 500 && (sleeps(quietShare) || medianActiveDays <= MOST_EVENT_DAYS),
  },
  {
    name: 'shared computers (laboratory, library, café)',
    explains: [...REGION, 'shared-device', 'shared-client-stack', 'registration-burst', 'shared-registration-details'],
    wouldBeConfirmedBy: 'the owner of the rooms naming the machines',
    applies: ({ quietShare }) => sleeps(quietShare),
  },
  {
    name: 'hosted builds or scheduled jobs of strangers',
    // One image and one clock for everybody, but no queue that shares out the work and nobody who moves on after a ban.
    explains: [...ADDRESS, ...HABITS, 'synchronised-use', 'shared-device', 'shared-client-stack', 'best-of-n'],
    wouldBeConfirmedBy: 'the host naming its image and its hours',
    applies: () => true,
  },
  {
    name: 'machines of one owner (build farm, worker pool)',
    explains: [
      ...REGISTRATION,
      ...ADDRESS,
      ...HABITS,
      ...OPERATION,
      'shared-device',
      'shared-client-stack',
      'repeated-prompt',
      'best-of-n',
    ],
    wouldBeConfirmedBy: 'one owner of the jobs, declared by organisation id or payer',
    applies: ({ ownDomainShare }) => ownDomainShare === null || ownDomainShare >= 0.5,
  },
  {
    name: 'evaluation suite or launch day',
    explains: [...HABITS, ...MEASURING, 'shared-prompt-template', 'repeated-prompt', 'synchronised-use'],
    wouldBeConfirmedBy: 'a published benchmark with the same prompts, or a release at that hour',
    applies: () => true,
  },
]

/** Whether one single hypothesis accounts for agreement in all of these signals among strangers of that number. */
export const explainsTogether = (signals: readonly string[], size: number): boolean =>
  innocentHypotheses.some(
    ({ explains, applies }) =>
      signals.every((signal) => explains.includes(signal)) &&
      applies({
        size,
        topPayerShare: 0,
        sharedInstrumentShare: 0,
        ownDomainShare: 0,
        quietShare: null,
        medianActiveDays: 0,
        topAddressShare: 0,
      }),
  )
