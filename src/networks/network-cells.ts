import { type Checkpoint, mapWithCheckpoints, NO_CHECKPOINT } from '../checkpoint.ts'
import type { Random } from '../random.ts'
import type { CellCore } from './cell-graph.ts'
import { findCells } from './cells.ts'
import type { Link } from './links.ts'

export interface NetworkCells {
  /** Account → its cell inside its network: 0 is the largest; -1 for an account in no network. */
  readonly cellOf: Int32Array
  /** By network: γ in bits per pair, 0 where nothing divides it (see `findCells`). */
  readonly resolutions: readonly number[]
}

/**
 * The tight cells of every network. Each gets draws of the same stream, so neither its name nor the other networks
 * change its cells.
 *
 * @param networks disjoint sets of account numbers, each ascending
 * @param accounts number of all accounts
 */
export async function findNetworkCells(
  networks: readonly Int32Array[],
  links: readonly Link[],
  cores: readonly CellCore[],
  accounts: number,
  random: Random,
  checkpoint: Checkpoint = NO_CHECKPOINT,
): Promise<NetworkCells> {
  const networkOf = new Int32Array(accounts).fill(-1)
  for (const [network, members] of networks.entries()) for (const member of members) networkOf[member] = network
  const linksOf = networks.map((): Link[] => [])
  for (const link of links) {
    if (networkOf[link.a] === networkOf[link.b]) linksOf[networkOf[link.a]!]?.push(link)
  }
  const coresOf = networks.map((): CellCore[] => [])
  for (const core of cores) {
    for (const network of new Set(core.members.map((member) => networkOf[member]!))) coresOf[network]?.push(core)
  }
  const cellOf = new Int32Array(accounts).fill(-1)
  const resolutionOf = (members: Int32Array, i: number): number => {
    const cells = findCells({ members, links: linksOf[i]!, cores: coresOf[i]! }, random)
    for (const [at, member] of members.entries()) cellOf[member] = cells.cellOf[at]!
    return cells.resolution
  }
  return {
    cellOf,
    resolutions: await mapWithCheckpoints(networks, resolutionOf, checkpoint, {
      name: 'cells',
      sizeOf: ({ length }) => length,
    }),
  }
}
