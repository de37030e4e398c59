/**
 * The scenarios and strengths of `npm run bench:quality`: what is planted among whom, in which numbers, under which
 * seeds. The file is fixed: it was committed before the detector was first changed against it, and it is never
 * weakened. A campaign that is not found stays in, at its size, rate and strength; an innocent kind that is reported
 * by mistake stays in too. Kinds and harder settings may be added, beside what is there.
 *
 * Rates are those that providers published (docs/simulate.md, "Campaigns") as far as the size of the log allows: crews
 * and hydras ran at 282 and 857 requests per account and day, which would drown a log of 6,000 accounts, so most of
 * them are slower here. A slower campaign is the harder one. Strength 1 is where the floors are judged; at ½ and ¼ the
 * campaigns share less: `strength` of the ring, `paraphrase` of the templates, `jitter` of the crews. Chains and the
 * adaptive campaign have no strength: they share next to nothing as they are.
 */

/**
 * @typedef {'small' | 'medium' | 'large'} SizeName
 * @typedef {{ readonly name: string, readonly knobs: Readonly<Record<string, number>> }} Choice a scenario of `simulate`
 *
 * @typedef {object} Size
 * @property {number} accounts of the background; with the groups of {@link scenariosFor} the log has `total`
 * @property {number} total accounts in all, about
 * @property {number} requests in all, about
 * @property {number} days
 * @property {number} strangerMedian requests in the window that the median stranger makes at least
 * @property {number} seeds how many of a list of seeds are run
 * @property {readonly number[]} strengths
 */

/** @type {Readonly<Record<SizeName, Size>>} */
export const SIZES = {
  small: {
    accounts: 3730,
    total: 6000,
    requests: 260_000,
    days: 14,
    strangerMedian: 14,
    seeds: 20,
    strengths: [1, 0.5, 0.25],
  },
  medium: {
    accounts: 41_500,
    total: 60_000,
    requests: 1_200_000,
    days: 14,
    strangerMedian: 6,
    seeds: 3,
    strengths: [1],
  },
  large: {
    accounts: 82_000,
    total: 150_000,
    requests: 5_000_000,
    days: 14,
    strangerMedian: 8,
    seeds: 1,
    strengths: [1],
  },
}

/** Columns that are written beside those `simulate` always writes. No texts: purposes must not carry a result. */
export const EXTRA_FIELDS = /** @type {const} */ (['end_user_id', 'signature_hash'])

/** @param {string} name @param {number} first @param {number} last */
const seeds = (name, first, last) => Array.from({ length: last - first + 1 }, (_, i) => `${name}-${first + i}`)

/** Seeds to look at while working. */
export const TRAINING_SEEDS = seeds('train', 1, 20)

/** Seeds that nobody looks at before the end; what they give is reported as it is. */
export const HELD_OUT_SEEDS = seeds('held', 101, 120)

/** Knobs of each campaign by size. Crews: one at a high rate, one ordinary, one that stays under 1,000 requests. */
const CAMPAIGNS = /** @type {const} */ ({
  small: [
    ['pipeline', { accounts: 60, rate: 25.6, perCard: 6, perDevice: 5, exitBlocks: 4, bursts: 3 }],
    ['pipeline', { accounts: 40, rate: 12, perCard: 5, perDevice: 4, exitBlocks: 0, paraphrase: 0.5, random: 1 }],
    ['relay', { accounts: 120, rate: 5.6, perCard: 5, perDevice: 8, exitBlocks: 3, bursts: 4 }],
    ['crew', { accounts: 12, rate: 60 }],
    ['crew', { accounts: 12, rate: 12 }],
    ['crew', { accounts: 8, rate: 5 }],
    ['hydra', { accounts: 60, rate: 60, waves: 3 }],
    ['reseller', { accounts: 80, rate: 13 }],
    ...chains(6),
    ['adaptive', { accounts: 40, rate: 25.6 }],
    ['pivot', { accounts: 40, rate: 25.6 }],
  ],
  medium: [
    ['pipeline', { accounts: 300, rate: 25.6, perCard: 8, perDevice: 8, exitBlocks: 8, bursts: 8, templates: 3 }],
    ['pipeline', { accounts: 100, rate: 12, perCard: 5, perDevice: 4, exitBlocks: 0, paraphrase: 0.5, random: 1 }],
    ['relay', { accounts: 600, rate: 5.6, perCard: 6, perDevice: 10, exitBlocks: 8, bursts: 12 }],
    ['crew', { accounts: 12, rate: 282 }],
    ['crew', { accounts: 12, rate: 12 }],
    ['crew', { accounts: 8, rate: 5 }],
    ['hydra', { accounts: 180, rate: 60, waves: 3, bursts: 2 }],
    ['reseller', { accounts: 200, rate: 13, bursts: 8 }],
    ...chains(12),
    ['adaptive', { accounts: 80, rate: 25.6 }],
    ['pivot', { accounts: 80, rate: 25.6 }],
  ],
  large: [
    ['pipeline', { accounts: 1500, rate: 25.6, perCard: 10, perDevice: 15, exitBlocks: 20, bursts: 15, templates: 4 }],
    ['pipeline', { accounts: 300, rate: 12, perCard: 5, perDevice: 4, exitBlocks: 0, paraphrase: 0.5, random: 1 }],
    ['relay', { accounts: 5380, rate: 5.6, perCard: 8, perDevice: 15, exitBlocks: 30, bursts: 40 }],
    ['crew', { accounts: 24, rate: 282 }],
    ['crew', { accounts: 12, rate: 12 }],
    ['crew', { accounts: 8, rate: 5 }],
    ['hydra', { accounts: 25_000, rate: 20, waves: 5, perCard: 10, perDevice: 12, exitBlocks: 40, bursts: 40 }],
    ['reseller', { accounts: 1500, rate: 13, perCard: 10, perDevice: 10, exitBlocks: 15, bursts: 20 }],
    ...chains(20),
    ['adaptive', { accounts: 200, rate: 25.6 }],
    ['pivot', { accounts: 200, rate: 25.6, bursts: 4 }],
  ],
})

/** @param {number} count @returns {readonly (readonly ['chain', { accounts: number, rate: number }])[]} */
function chains(count) {
  return Array.from({ length: count }, () => /** @type {const} */ (['chain', { accounts: 10, rate: 13 }]))
}

/** How many times as many groups, or accounts in a crowd, as at the small size. */
const GROWTH = /** @type {const} */ ({ small: 1, medium: 10, large: 20 })

/** Kinds that come as more groups in a larger service: knobs at the small size. */
const GROUPS = /** @type {const} */ ({
  'trial-credit': { accounts: 12, groups: 4 },
  company: { accounts: 26, groups: 2 },
  'undeclared-company': { accounts: 20, groups: 2 },
  office: { accounts: 30, groups: 2 },
  coworking: { accounts: 40, groups: 1 },
  class: { accounts: 28, groups: 1 },
  hackathon: { accounts: 40, groups: 1 },
  'ci-farm': { accounts: 12, groups: 2 },
  agency: { accounts: 12, groups: 2 },
  family: { groups: 50 },
  'vendor-product': { accounts: 60, groups: 1 },
  'declared-reseller': { accounts: 20, groups: 1, rate: 8 },
  evaluation: { accounts: 12, groups: 1 },
  researcher: { groups: 6 },
  'agency-sdk': { accounts: 16, groups: 2 },
  'class-lab': { accounts: 28, groups: 1 },
  'office-template': { accounts: 24, groups: 1 },
  'vendor-region': { accounts: 50, groups: 1 },
})

/** Kinds that come as a larger crowd: accounts at the small size, in one group. */
const CROWDS = /** @type {const} */ ({
  campus: { accounts: 160 },
  'cron-fleet': { accounts: 50 },
  vpn: { accounts: 80 },
  'carrier-nat': { accounts: 160 },
  framework: { accounts: 140 },
  sdk: { accounts: 100 },
  'prepaid-region': { accounts: 80 },
  'virtual-cards': { accounts: 80 },
  'heavy-user': { accounts: 4, rate: 600 },
  outage: { accounts: 40 },
  'release-day': { accounts: 80 },
  migration: { accounts: 15 },
})

/**
 * Everything that is planted in a log of that size: every campaign and every innocent kind.
 *
 * @param {SizeName} size
 * @param {number} strength in (0, 1]
 * @returns {Choice[]}
 */
export function scenariosFor(size, strength) {
  const growth = GROWTH[size]
  return [
    ...CAMPAIGNS[size].map(([name, knobs]) => ({ name, knobs: { ...knobs, ...strengthKnobs(name, knobs, strength) } })),
    ...Object.entries(GROUPS).map(([name, knobs]) => ({ name, knobs: { ...knobs, groups: knobs.groups * growth } })),
    ...Object.entries(CROWDS).map(([name, knobs]) => ({
      name,
      knobs: { ...knobs, accounts: knobs.accounts * growth, groups: 1 },
    })),
  ]
}

/** Campaigns whose private templates can be reworded. */
const REWORDED = ['pipeline', 'hydra', 'pivot']

/**
 * @param {string} name
 * @param {{ readonly paraphrase?: number }} knobs
 * @param {number} strength
 * @returns {Readonly<Record<string, number>>}
 */
function strengthKnobs(name, { paraphrase = 0 }, strength) {
  if (name === 'chain' || name === 'adaptive') return {}
  return {
    strength,
    ...(REWORDED.includes(name) ? { paraphrase: Math.max(paraphrase, 1 - strength) } : {}),
    ...(name === 'crew' ? { jitter: Math.round(20 / strength) } : {}),
  }
}
