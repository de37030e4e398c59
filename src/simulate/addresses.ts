import type { Random } from '../random.ts'
import { REGIONS } from './catalog.ts'
import { numbers, zipf } from './draw.ts'

/** How often the address behind a place changes. */
export const CHURN = { fixed: 0, week: 1, day: 2, session: 3, request: 4 } as const

/**
 * Where requests come from. The address is drawn from [base, base + span) by a hash of the place, of the account if
 * `isPerAccount`, and of the day or session if it changes; accounts with the same place number share addresses.
 */
export interface Place {
  readonly family: 4 | 6
  /** IPv4: the address as a number. IPv6: the number of a /48 in 2001:db8::/32. */
  readonly base: number
  /** IPv4 addresses, or IPv6 /48 prefixes. */
  readonly span: number
  readonly asn: number
  readonly country: string
  readonly isPerAccount: boolean
  readonly churn: number
}

/** An address range of a provider. */
export interface Block {
  readonly family: 4 | 6
  readonly base: number
  readonly span: number
  readonly asn: number
  readonly country: string
}

/** The simulated internet: who serves homes, phones, offices, servers and tunnels. */
export interface Internet {
  /** Home providers by region, most popular first; each an IPv6 and an IPv4 block. */
  readonly homes: readonly (readonly { readonly v6: Block; readonly v4: Block }[])[]
  /** Mobile carriers by region: few IPv4 addresses for everybody (carrier-grade NAT), many IPv6 prefixes. */
  readonly carriers: readonly (readonly { readonly v6: Block; readonly v4: Block }[])[]
  /** Business lines by region. */
  readonly offices: readonly Block[]
  /** Data centres. */
  readonly clouds: readonly { readonly v6: Block; readonly v4: Block }[]
  /** Public VPN services: a few exits each. */
  readonly tunnels: readonly Block[]
  /** Small hosting firms, whose /24 blocks can be rented. */
  readonly hosts: readonly Block[]
}

/** 198.18.0.0, the first of 131,072 benchmarking addresses (RFC 2544): 512 blocks of 256. */
const FIRST_V4 = 198 * 2 ** 24 + 18 * 2 ** 16

/**
 * Cuts the reserved ranges into providers. IPv4 is 198.18.0.0/15 (RFC 2544), IPv6 is 2001:db8::/32 (RFC 3849),
 * AS numbers are private (RFC 6996), so that no value belongs to anybody. 512 IPv4 blocks are few: homes share them
 * more than real ones do, which is why most homes here have IPv6.
 */
export function createInternet(): Internet {
  let nextV4 = FIRST_V4
  let nextV6 = 0
  let nextAsn = 64_512
  const v4 = (blocks: number, asn: number, country: string): Block => {
    const base = nextV4
    nextV4 += blocks * 256
    return { family: 4, base, span: blocks * 256, asn, country }
  }
  const v6 = (prefixes: number, asn: number, country: string): Block => {
    const base = nextV6
    nextV6 += prefixes
    return { family: 6, base, span: prefixes, asn, country }
  }
  const both = (country: string, blocks: number, prefixes: number): { readonly v6: Block; readonly v4: Block } => {
    const asn = nextAsn++
    return { v6: v6(prefixes, asn, country), v4: v4(blocks, asn, country) }
  }
  return {
    homes: REGIONS.map(({ country }) => [both(country, 12, 2400), both(country, 8, 1200), both(country, 6, 600)]),
    carriers: REGIONS.map(({ country }) => [both(country, 2, 160), both(country, 1, 96)]),
    offices: REGIONS.map(({ country }) => v4(9, nextAsn++, country)),
    clouds: numbers(4).map((i) => both(REGIONS[(i * 3) % REGIONS.length]?.country ?? 'XA', 12, 900)),
    tunnels: numbers(6).map((i) => v4(1, nextAsn++, REGIONS[i]?.country ?? 'XA')),
    hosts: numbers(4).map((i) => v4(10, nextAsn++, REGIONS[(i * 2 + 1) % REGIONS.length]?.country ?? 'XB')),
  }
}

/** A smaller range inside a block; `size` in addresses (IPv4) or /48 prefixes (IPv6). */
export const within = (random: Random, block: Block, size: number): Block => ({
  ...block,
  base: block.base + Math.floor(random.below(Math.max(1, block.span)) / size) * size,
  span: Math.min(size, block.span),
})

/** A household's line: usually IPv6, else one IPv4 address that may change by the week. */
export function homePlace(internet: Internet, random: Random, region: number): Place {
  const providers = internet.homes[region] ?? []
  const provider = providers[zipf(random, providers.length)] as { readonly v6: Block; readonly v4: Block }
  const isV6 = random.next() < 0.75
  const churn = random.next() < 0.3 ? CHURN.week : CHURN.fixed
  return { ...(isV6 ? provider.v6 : provider.v4), isPerAccount: false, churn }
}

/** A phone on a carrier: an address of the day out of a pool shared with everybody there. */
export function mobilePlace(internet: Internet, random: Random, region: number): Place {
  const carriers = internet.carriers[region] ?? []
  const carrier = carriers[zipf(random, carriers.length)] as { readonly v6: Block; readonly v4: Block }
  return { ...(random.next() < 0.6 ? carrier.v6 : carrier.v4), isPerAccount: true, churn: CHURN.day }
}

/** One fixed business address (or a few of them) that everybody inside shares. */
export const officePlace = (internet: Internet, random: Random, region: number, addresses = 1): Place => ({
  ...within(random, internet.offices[region] as Block, addresses),
  isPerAccount: addresses > 1,
  churn: addresses > 1 ? CHURN.day : CHURN.fixed,
})

/** A server of one's own in a data centre. */
export function cloudPlace(internet: Internet, random: Random, churn: number = CHURN.fixed): Place {
  const cloud = internet.clouds[zipf(random, internet.clouds.length)] as { readonly v6: Block; readonly v4: Block }
  return { ...(random.next() < 0.35 ? cloud.v6 : cloud.v4), isPerAccount: false, churn }
}

/** A public VPN service: a changing exit out of a few dozen. */
export const tunnelPlace = (internet: Internet, random: Random, service?: number): Place => ({
  ...(internet.tunnels[service ?? zipf(random, internet.tunnels.length)] as Block),
  span: 40,
  isPerAccount: true,
  churn: CHURN.session,
})
