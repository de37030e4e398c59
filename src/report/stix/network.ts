import type { Network, ScanResult } from '../../model.ts'
import { shownClaim } from '../words.ts'
import { indicatorsOf } from './indicators.ts'
import { assessment, networkNote } from './note.ts'
import { type Stamp, type StixObject, stamped } from './object.ts'
import { observablesOf } from './observables.ts'
import { confidenceOf } from './words.ts'

/** All objects of one network, the observables first; those of different networks may have the same ids. */
export function networkObjects(network: Network, result: ScanResult, stamp: Stamp): StixObject[] {
  const observables = observablesOf(network)
  const observed = observedData(network, observables, stamp)
  // A pseudonym is found in nobody's traffic.
  const indicators = result.identifiers === 'pseudonymised' ? [] : indicatorsOf(network, stamp)
  const basedOn = indicators.flatMap(({ id }) => observed.map((data) => relationship(network, id, data.id, stamp)))
  const contents = [...observed, ...indicators, ...basedOn]
  const grouping = stamped('grouping', stamp, {
    name: `Suspected network ${network.id}`,
    description: assessment(network),
    context: 'suspicious-activity',
    labels: [`severity-${network.severity}`, `claim-${shownClaim(network)}`],
    confidence: confidenceOf(network),
    object_refs: [...contents, ...observables].map(({ id }) => id),
  })
  const note = stamped('note', stamp, {
    abstract: `Suspected network ${network.id}: basis, limits, and what would speak against it`,
    content: networkNote(network, result),
    authors: [`${result.tool.name} ${result.tool.version}`],
    object_refs: [grouping, ...contents.filter(({ type }) => type !== 'relationship')].map(({ id }) => id),
  })
  return [...observables, ...contents, grouping, note]
}

/**
 * The network as it was seen, once and as a whole: how many requests that took is in no relation to a single address.
 * Empty for accounts without requests, since an observation must have its time.
 */
function observedData(network: Network, observables: readonly StixObject[], stamp: Stamp): StixObject[] {
  const { firstSeen, lastSeen } = network
  if (firstSeen === null || lastSeen === null || observables.length === 0) return []
  const properties = {
    first_observed: firstSeen,
    last_observed: lastSeen,
    number_observed: 1,
    object_refs: observables.map(({ id }) => id),
  }
  return [stamped('observed-data', stamp, properties)]
}

const relationship = (network: Network, source: string, target: string, stamp: Stamp): StixObject =>
  stamped('relationship', stamp, {
    relationship_type: 'based-on',
    source_ref: source,
    target_ref: target,
    confidence: confidenceOf(network),
  })
