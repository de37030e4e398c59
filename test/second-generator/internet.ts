import type { Chance } from './chance.ts'

/** Where a request comes from. */
export interface Exit {
  readonly ip: string
  readonly asn: number
}

interface Carrier {
  readonly asn: number
  /** First three bytes of its /24 blocks. */
  readonly blocks: readonly string[]
}

export interface Internet {
  /** A line at home or in a small firm: one of many blocks of a large provider. */
  home(): Exit
  /** A phone: few addresses for very many people (carrier-grade NAT). */
  phone(): Exit
  /** A rented server, somewhere in a cloud. */
  server(): Exit
  /** Whole blocks of one cloud, as a buyer of proxies or a landlord of a campus has them. */
  rent(count: number): readonly Block[]
  /** A provider's block for an institution: everybody inside leaves through its few addresses. */
  institution(): Block
  /** The egress blocks of the smallest phone carrier. */
  regionalCarrier(): readonly Block[]
}

export interface Block {
  readonly asn: number
  readonly prefix: string
}

export const exitOf = (block: Block, host: number): Exit => ({ ip: `${block.prefix}.${host}`, asn: block.asn })

export const anyExit = (chance: Chance, blocks: readonly Block[]): Exit =>
  exitOf(chance.pick(blocks), chance.between(2, 250))

/** First bytes of ordinary public unicast space. */
const FIRST_BYTES = [23, 31, 46, 62, 77, 81, 84, 91, 95, 104, 109, 130, 151, 176, 178, 188, 193, 195, 212, 217]

export function createInternet(chance: Chance): Internet {
  const taken = new Set<string>()
  const carrier = (blocks: number): Carrier => {
    let prefix = ''
    do prefix = `${chance.pick(FIRST_BYTES)}.${chance.whole(256)}`
    while (taken.has(prefix))
    taken.add(prefix)
    const numbers = chance.some([...Array(256).keys()], blocks)
    return { asn: chance.between(2000, 60_000), blocks: numbers.map((c) => `${prefix}.${c}`) }
  }
  const homes = Array.from({ length: 30 }, () => carrier(chance.between(40, 250)))
  const phones = Array.from({ length: 6 }, () => carrier(chance.between(4, 9)))
  const clouds = Array.from({ length: 5 }, () => carrier(120))
  const blockOf = ({ asn, blocks }: Carrier): Block => ({ asn, prefix: chance.pick(blocks) })
  const host = (): number => chance.between(2, 250)
  return {
    home: () => exitOf(blockOf(chance.zipf(homes, 0.8)), host()),
    phone: () => exitOf(blockOf(chance.zipf(phones, 0.7)), host()),
    server: () => exitOf(blockOf(chance.zipf(clouds, 0.6)), host()),
    rent: (count) => {
      const { asn, blocks } = chance.pick(clouds)
      return chance.some(blocks, count).map((prefix) => ({ asn, prefix }))
    },
    institution: () => blockOf(chance.pick(homes)),
    regionalCarrier: () => phones.at(-1)!.blocks.map((prefix) => ({ asn: phones.at(-1)!.asn, prefix })),
  }
}
