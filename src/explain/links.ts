import type { Evidence, EvidenceValue, Member, MemberLink, Network } from '../model.ts'
import type { LinkExplanation } from './explanation.ts'

/** One text per value of a field. */
export const keyOf = ({ field, value }: Pick<MemberLink, 'field' | 'value'>): string => `${field}\0${value}`

/** The values that tie a member to others, each with what the network's evidence says of it. Strongest first. */
export function explainLinks(member: Member, network: Network): LinkExplanation[] {
  const own = new Set(member.links.map(keyOf))
  const known = new Map<string, { readonly evidence: Evidence; readonly held: EvidenceValue }>()
  const byField = new Map<string, Evidence>()
  for (const evidence of network.evidence) {
    for (const held of evidence.values) {
      if (!byField.has(held.field)) byField.set(held.field, evidence)
      if (own.has(keyOf(held)) && !known.has(keyOf(held))) known.set(keyOf(held), { evidence, held })
    }
  }
  const listed = countHolders(network.members, own)
  const hubs = new Map(network.hubs.map((hub) => [keyOf(hub), hub]))
  return member.links
    .map(({ field, value, bits }) => {
      const key = keyOf({ field, value })
      // Evidence lists its strongest values only; one that it leaves out is still read by the signal of its field.
      const evidence = known.get(key)?.evidence ?? byField.get(field)
      const hub = hubs.get(key)
      const inside = known.get(key)?.held.inside ?? hub?.memberCount
      return {
        field,
        value,
        bits,
        signal: evidence?.signal ?? null,
        family: evidence?.family ?? null,
        isCounted: (evidence?.countedBits ?? 0) > 0,
        members: inside ?? listed.get(key)!,
        isAtLeast: inside === undefined,
        outside: known.get(key)?.held.outside ?? null,
        hub: hub?.verdict ?? null,
      }
    })
    .sort((a, b) => b.bits - a.bits) // stable: equals stay as the report has them
}

/** How many members list each of the values; a member lists its strongest only, so this is a least number. */
function countHolders(members: readonly Member[], keys: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { links } of members) {
    for (const key of new Set(links.map(keyOf))) if (keys.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
