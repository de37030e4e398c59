import type { Member, Network, Severity } from '../../model.ts'

/** An account, or a value that links accounts. */
export interface GraphNode {
  readonly id: string
  readonly label: string
  readonly kind: 'account' | 'value'
  /** Id of the network; of a value that links members of several, all ids in order of rank, parted by blanks. */
  readonly network: string
  /** Of the best-ranked network. */
  readonly severity: Severity
  /** `null` for a value. */
  readonly cell: number | null
  /** `null` for a value. */
  readonly requests: number | null
  /** `null` for an account. */
  readonly field: string | null
}

export interface GraphEdge {
  readonly source: string
  readonly target: string
  /** Bits of evidence. */
  readonly weight: number
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** A value and the networks whose members it links, in order of rank. */
interface LinkingValue {
  readonly id: string
  readonly field: string
  readonly value: string
  readonly networks: Network[]
}

/**
 * Accounts on one side, the values that link them on the other. A value is one node however many networks it touches.
 * Nodes are numbered in order of rank and member: `a0`, `a1`, … and `v0`, `v1`, ….
 */
export function graphOf(networks: readonly Network[]): Graph {
  const members = networks.flatMap((network) => network.members.map((member) => ({ member, network })))
  const values = collectValues(members)
  const edges = members.flatMap(({ member }, i) =>
    [...bitsByValue(member)].map(([key, weight]) => ({ source: `a${i}`, target: values.get(key)!.id, weight })),
  )
  return { nodes: [...members.map(accountNode), ...[...values.values()].map(valueNode)], edges }
}

interface Placed {
  readonly member: Member
  readonly network: Network
}

function collectValues(members: readonly Placed[]): ReadonlyMap<string, LinkingValue> {
  const values = new Map<string, LinkingValue>()
  for (const { member, network } of members) {
    for (const { field, value } of member.links) {
      const known = values.get(keyOf(field, value))
      if (known === undefined) {
        values.set(keyOf(field, value), { id: `v${values.size}`, field, value, networks: [network] })
      } else if (known.networks.at(-1) !== network) known.networks.push(network)
    }
  }
  return values
}

const keyOf = (field: string, value: string): string => `${field}\0${value}`

/** The bits of each value that the member is linked by, strongest first. */
function bitsByValue({ links }: Member): ReadonlyMap<string, number> {
  const bits = new Map<string, number>()
  for (const link of links) {
    const key = keyOf(link.field, link.value)
    bits.set(key, Math.max(link.bits, bits.get(key) ?? 0))
  }
  return bits
}

const accountNode = ({ member: { accountId, cell, requests }, network }: Placed, i: number): GraphNode => ({
  id: `a${i}`,
  label: accountId,
  kind: 'account',
  network: network.id,
  severity: network.severity,
  cell,
  requests,
  field: null,
})

const valueNode = ({ id, field, value, networks }: LinkingValue): GraphNode => ({
  id,
  label: value,
  kind: 'value',
  network: networks.map((network) => network.id).join(' '),
  severity: networks[0]!.severity,
  cell: null,
  requests: null,
  field,
})
