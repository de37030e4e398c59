import type { Evidence, EvidenceValue, Family, Network } from '../../model.ts'
import { safeText } from '../safe-text.ts'
import { formatCount } from '../table/words.ts'
import { type Stamp, type StixObject, stamped } from './object.ts'
import { patternOf } from './pattern.ts'
import { confidenceOf } from './words.ts'

/** Two accounts may share a thing by chance or marriage; more members, fewer indicators and better ones. */
const MIN_MEMBERS = 3

const DAY_MS = 86_400_000

/** Addresses change hands within weeks; devices, clients and templates are kept for months. */
const daysValid = (family: Family): number => (family === 'network' ? 30 : 90)

/**
 * Indicators for what members of the network hold and nobody else: whole values that are infrastructure or behaviour.
 * None for a network without requests, since an indicator must have its time.
 */
export function indicatorsOf(network: Network, stamp: Stamp): StixObject[] {
  const seen = new Set<string>()
  return network.evidence
    .flatMap((evidence) => evidence.values.map((held) => ({ held, evidence })))
    .flatMap(({ held, evidence }) => {
      const pattern = patternOf(held.field, held.value)
      if (pattern === null || held.inside < MIN_MEMBERS || held.outside > 0 || seen.has(pattern)) return []
      seen.add(pattern)
      return indicator(network, { held, evidence, pattern }, stamp) ?? []
    })
}

interface Found {
  readonly held: EvidenceValue
  readonly evidence: Evidence
  readonly pattern: string
}

function indicator(network: Network, { held, evidence, pattern }: Found, stamp: Stamp): StixObject | null {
  const { firstSeen, lastSeen } = network
  const validUntil = lastSeen === null ? null : daysAfter(lastSeen, daysValid(evidence.family))
  if (firstSeen === null || validUntil === null || validUntil <= firstSeen) return null
  return stamped('indicator', stamp, {
    name: `${held.field} ${safeText(held.value, { maxLength: 80 })}`,
    description: describe(network, held, evidence),
    indicator_types: ['anomalous-activity'],
    pattern,
    pattern_type: 'stix',
    pattern_version: '2.1',
    valid_from: firstSeen,
    valid_until: validUntil,
    confidence: confidenceOf(network),
  })
}

/** `null` past the last year that an instant of four digits can name. */
function daysAfter(instant: string, days: number): string | null {
  const ms = Date.parse(instant) + days * DAY_MS
  return ms <= Date.UTC(9999, 11, 31) ? new Date(ms).toISOString() : null
}

function describe({ id, accountCount }: Network, { inside }: EvidenceValue, { countedBits }: Evidence): string {
  return [
    `Held by ${formatCount(inside)} of ${formatCount(accountCount)} accounts of the suspected network ${id} and by no other account in the logs.`,
    ...(countedBits > 0
      ? []
      : [
          'Its kind of evidence adds nothing to the score: an innocent explanation accounts for it, or others say it already.',
        ]),
    'A match is a reason to look, not a verdict.',
  ].join(' ')
}
