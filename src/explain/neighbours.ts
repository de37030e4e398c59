import type { Member, MemberLink } from '../model.ts'
import type { LinkExplanation, Neighbour, Neighbours, Removal } from './explanation.ts'
import { keyOf } from './links.ts'

/** Paths that are shown: more would repeat the same values. */
const NEAREST = 5

/** The members that share a listed value with one of them. Linear in members and their links. */
export function findNeighbours(
  member: Member,
  links: readonly LinkExplanation[],
  others: readonly Member[],
): Neighbours {
  const found = sharedWith(links, others)
  const isOwn = found.some(({ shared }) => shared.some(({ hub }) => hub === null))
  const nearest = found
    .map(({ other, shared }) => ({ other, shared, bits: pathBits(shared) }))
    .sort((a, b) => b.bits - a.bits || (a.other.accountId < b.other.accountId ? -1 : 1))
    .slice(0, NEAREST)
    .map(
      ({ other, shared, bits }): Neighbour => ({
        accountId: other.accountId,
        isSameCell: other.cell === member.cell,
        bits,
        shared: shared.map((link) => ({ ...plain(link), isBest: bestOf(shared).includes(link) })),
      }),
    )
  return { via: isOwn ? 'value' : found.length > 0 ? 'hub' : 'profile', count: found.length, nearest }
}

/**
 * Explains the values away one by one, the strongest first, and says who is left each time: how many values an
 * innocent cause has to be found for before nothing ties the account.
 */
export function removals(links: readonly LinkExplanation[], others: readonly Member[]): Removal[] {
  let left = sharedWith(links, others).map(({ shared }) => shared)
  const rows: Removal[] = []
  for (const link of links) {
    left = left.map((shared) => shared.filter((each) => each !== link)).filter((shared) => shared.length > 0)
    const best = left.reduce((most, shared) => Math.max(most, pathBits(shared)), 0)
    rows.push({ without: plain(link), members: left.length, bits: best })
    if (left.length === 0) break
  }
  return rows
}

interface Shared {
  readonly other: Member
  /** At least one, strongest first. */
  readonly shared: readonly LinkExplanation[]
}

function sharedWith(links: readonly LinkExplanation[], others: readonly Member[]): Shared[] {
  const position = new Map(links.map((link, i) => [keyOf(link), i]))
  return others.flatMap((other) => {
    const positions = new Set(other.links.flatMap((link) => position.get(keyOf(link)) ?? []))
    return positions.size === 0 ? [] : [{ other, shared: [...positions].sort((a, b) => a - b).map((i) => links[i]!) }]
  })
}

/** The strongest value of each family; a field of no known family stands for itself. */
function bestOf(shared: readonly LinkExplanation[]): LinkExplanation[] {
  const kinds = new Set<string>()
  return shared.filter(({ family, field }) => {
    const kind = family ?? `field ${field}`
    if (kinds.has(kind)) return false
    kinds.add(kind)
    return true
  })
}

const pathBits = (shared: readonly LinkExplanation[]): number =>
  Math.round(bestOf(shared).reduce((sum, { bits }) => sum + bits, 0) * 10) / 10

const plain = ({ field, value, bits }: LinkExplanation): MemberLink => ({ field, value, bits })
