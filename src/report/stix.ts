import type { ScanResult } from '../model.ts'
import type { Renderer } from './renderer.ts'
import { escapeJson } from './safe-text.ts'
import { canonicalJson, PRODUCER_NAMESPACE, uuidV5 } from './stix/ids.ts'
import { TLP_MARKING } from './stix/marking.ts'
import { networkObjects } from './stix/network.ts'
import { emptyNote } from './stix/note.ts'
import { distinct, type Stamp, stamped } from './stix/object.ts'
import { PRODUCER } from './stix/producer.ts'

/** When a result has no time of its own: no request had one that could be read. */
const NO_TIME = '1970-01-01T00:00:00.000Z'

/**
 * A STIX 2.1 bundle for partners: per network a grouping, what was observed, what could be looked for, and a note with
 * basis and limits. Everything is marked TLP:AMBER+STRICT and stamped with the end of what was read, not with a clock.
 * Source: OASIS STIX 2.1 (10 June 2021).
 */
export const renderStix: Renderer = (result, { minSeverity }) => {
  const stamp: Stamp = { by: PRODUCER.id, at: result.window.to ?? NO_TIME }
  const found =
    result.networks.length === 0
      ? [nothingFound(result, minSeverity, stamp)]
      : result.networks.flatMap((network) => networkObjects(network, result, stamp))
  const objects = distinct([TLP_MARKING, PRODUCER, ...found])
  const ids = canonicalJson(objects.map(({ id }) => id))
  const bundle = { type: 'bundle', id: `bundle--${uuidV5(PRODUCER_NAMESPACE, ids)}`, objects }
  return `${escapeJson(JSON.stringify(bundle, null, 2))}\n`
}

const nothingFound = (result: ScanResult, minSeverity: string, stamp: Stamp) =>
  stamped('note', stamp, {
    abstract: 'No suspected network',
    content: emptyNote(result, minSeverity),
    authors: [`${result.tool.name} ${result.tool.version}`],
    object_refs: [PRODUCER.id],
  })
