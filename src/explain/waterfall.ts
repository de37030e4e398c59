import type { Evidence, Network } from '../model.ts'
import type { Waterfall, WaterfallTerm } from './explanation.ts'

/**
 * The score as the sum of what its signals count, the strongest first. Sums are made in whole tenths, the unit of the
 * document, since 0.1 + 0.2 is not 0.3 in binary.
 */
export function waterfallOf({ evidence, tests, score }: Network): Waterfall {
  const ordered = evidence.toSorted(
    (a, b) => b.countedBits - a.countedBits || b.bits - a.bits || (a.signal < b.signal ? -1 : 1),
  )
  let tenths = 0
  const terms = ordered.map((each): WaterfallTerm => {
    tenths += Math.round(each.countedBits * 10)
    const { family, signal, bits, countedBits, summary } = each
    return {
      family,
      signal,
      measuredBits: bits,
      countedBits,
      runningBits: tenths / 10,
      why: whyNothing(each, tests),
      summary,
    }
  })
  return { terms, sum: tenths / 10, score }
}

/** A signal without a test of its own is a corroborator: honest accounts show it as well. */
function whyNothing({ signal, countedBits }: Evidence, tests: Network['tests']): WaterfallTerm['why'] {
  if (countedBits > 0) return null
  const test = tests.find((each) => each.signal === signal)
  if (test === undefined) return 'reported only'
  return test.confirmed ? 'explained or capped' : 'not confirmed'
}
