import type { Claim, Severity } from '../model.ts'
import type { Score } from './score.ts'

/** Signals that show work being shared out, or moved on from an account that was closed. */
const RELAYING: readonly string[] = ['dispatcher', 'failover', 'hand-over', 'pool-shift']

/** A captured trace that is sent again by another account speaks for itself. */
const REPLAY = 'signature-replay'

/** Different wordings or sampling patterns that must hold, and requests: one alone is what an evaluation asks for as well. */
const MIN_PURPOSES = 2
const MIN_REQUESTS = 1000

/**
 * What is claimed, beyond the links. A finding of low severity claims no more than they do. A relay needs a confirmed
 * dispatcher or continuity; that members keep the same hours is not one. An extraction needs two confirmed signals of
 * purpose, or replayed signatures, and a thousand requests (docs/detection.md, "Severity, claim and confidence").
 */
export function claimOf({ signals }: Pick<Score, 'signals'>, severity: Severity, requests: number): Claim {
  if (severity === 'low') return 'common-control'
  const confirmed = signals.filter(({ test }) => test.isConfirmed).map(({ test }) => test.signal)
  const purposes = confirmed.filter(({ family }) => family === 'purpose')
  const isPurposeful = purposes.length >= MIN_PURPOSES || purposes.some(({ id }) => id === REPLAY)
  if (isPurposeful && requests >= MIN_REQUESTS) return 'extraction'
  return confirmed.some(({ id }) => RELAYING.includes(id)) ? 'relay' : 'common-control'
}
