import { none, withoutFields } from './without-fields.js'

/**
 * What is taken away before an analysis. Nothing is read anew: columns are taken out of the evidence of a log, as if the
 * export did not have them.
 *
 * @typedef {object} Ablation
 * @property {string} id
 * @property {string} title
 * @property {string | null} family the family that is gone; `null` if part of one is
 * @property {import('./pipeline.js').Variant} variant
 */

/** @typedef {import('./pipeline.js').Evidence} Evidence */
/** @typedef {import('./pipeline.js').Signal} Signal */

const FAMILIES = [
  'payment',
  'client',
  'network',
  'registration',
  'content',
  'timing',
  'continuity',
  'lifecycle',
  'purpose',
]

/**
 * The signals of a family and the fields that only they read.
 *
 * @param {string} family
 * @returns {Ablation}
 */
const withoutFamily = (family) => ({
  id: `no-${family}`,
  title: `no ${family}`,
  family,
  variant: {
    keeps: (signal) => signal.family !== family,
    evidence: (evidence, signals) => {
      const own = signals.filter((signal) => signal.family === family)
      return withoutFields(evidence, [
        ...own.flatMap(({ fields = [] }) => fields),
        ...own.flatMap(({ needs }) => needs),
      ])
    },
  },
})

const CONTENT_FIELDS = ['system_prompt_hash', 'tools_hash', 'prompt_hash', 'signature_hash']
const PAYMENT_FAMILY = 'payment'

/** @type {readonly Ablation[]} */
export const ABLATIONS = [
  ...FAMILIES.map(withoutFamily),
  {
    id: 'payment-in-side-file',
    title: 'payment in the side file only',
    family: null,
    variant: { evidence: paymentInSideFile },
  },
  {
    id: 'no-content-hashes',
    title: 'no content hashes at all',
    family: 'content',
    variant: {
      evidence: (evidence) => withoutFields(evidence, CONTENT_FIELDS),
      events: (events) => ({
        ...events,
        template: none(events.count),
        prompt: none(events.count),
        signature: none(events.count),
      }),
    },
  },
]

/**
 * Payment fields as a side file gives them: the same cards of the same accounts, but no request carries one.
 *
 * @param {Evidence} evidence
 * @param {readonly Signal[]} signals
 * @returns {Evidence}
 */
function paymentInSideFile(evidence, signals) {
  const names = new Set(signals.filter(({ family }) => family === PAYMENT_FAMILY).flatMap(({ fields }) => fields))
  const { holdings, values, fields } = evidence.tables
  const [requests, firstAtMs, lastAtMs] = [
    holdings.requests.slice(),
    holdings.firstAtMs.slice(),
    holdings.lastAtMs.slice(),
  ]
  for (let row = 0; row < holdings.count; row++) {
    if (!names.has(fields[values.field[holdings.value[row]]].name)) continue
    requests[row] = 0
    firstAtMs[row] = lastAtMs[row] = Number.NaN
  }
  return { ...evidence, tables: { ...evidence.tables, holdings: { ...holdings, requests, firstAtMs, lastAtMs } } }
}
