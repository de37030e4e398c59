import type { Family, Network } from '../model.ts'
import type { Negative, Report } from './explanation.ts'

/** Accounts below which a network is not tested for order (docs/detection.md, "Timing, continuity and release"); a test holds it to the signals'. */
export const LEAST_FOR_ORDER = 5

/** Families that are tests of order and nothing else, with their signals; a test holds them to the registry. */
export const ORDER_SIGNALS: Readonly<Partial<Record<Family, readonly string[]>>> = {
  timing: ['dispatcher', 'synchronised-use'],
  continuity: ['hand-over', 'failover', 'pool-shift'],
}

/** What was looked for in a network and not found, and what this export did not let anybody look for. */
export function negativeOf({ coverage }: Report, { tests, evidence, accountCount }: Network): Negative {
  const notConfirmed = tests.filter(({ confirmed }) => !confirmed).toSorted((a, b) => a.p - b.p)
  const speaking = new Set(evidence.map(({ family }) => family))
  const quiet = coverage.filter(({ family, tested }) => tested && !speaking.has(family)).map(({ family }) => family)
  const isTooSmall = (family: Family): boolean => accountCount < LEAST_FOR_ORDER && ORDER_SIGNALS[family] !== undefined
  // A test of order that found nothing is listed by name, so its family needs no word of its own.
  const isListed = (family: Family): boolean =>
    notConfirmed.some(({ signal }) => ORDER_SIGNALS[family]?.includes(signal) === true)
  return {
    notConfirmed,
    silent: quiet.filter((family) => !isTooSmall(family) && !isListed(family)),
    tooSmall: quiet.filter(isTooSmall),
    notTestable: coverage.filter(({ tested }) => !tested),
  }
}
