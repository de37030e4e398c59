import type { Network } from '../model.ts'
import type { Negative, Report } from './explanation.ts'

/** What was looked for in a network and not found, and what this export did not let anybody look for. */
export function negativeOf({ coverage }: Report, { tests, evidence }: Network): Negative {
  const speaking = new Set(evidence.map(({ family }) => family))
  return {
    notConfirmed: tests.filter(({ confirmed }) => !confirmed).toSorted((a, b) => a.p - b.p),
    silent: coverage.filter(({ family, tested }) => tested && !speaking.has(family)).map(({ family }) => family),
    notTestable: coverage.filter(({ tested }) => !tested),
  }
}
