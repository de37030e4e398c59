import { BlockList, isIP } from 'node:net'
import { ScanError } from '../../errors.ts'
import { isReservedAddress } from '../placeholders.ts'

/** Forwarding headers hold a handful of addresses; a longer one was made to cost time. */
const MAX_ENTRIES = 64

/**
 * One address in canonical form: without port, brackets and zone, IPv4 out of its IPv6 form, IPv6 as RFC 5952 writes it.
 *
 * @returns `null` for what is no single address, such as a host name, or an IPv4 address with leading zeros, which some
 *   read as octal
 */
export function canonicalAddress(raw: unknown): string | null {
  if (typeof raw !== 'string' || raw.length > 128) return null
  let text = raw.trim().replace(/^"(.*)"$/, '$1')
  text = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text
  text = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text
  if (isIP(text) === 4) return text
  if (isIP(text) !== 6 || text.includes('%')) return null
  return unmapped(compressed(text))
}

/** RFC 5952, section 4, as the URL standard's serializer writes it (WHATWG URL, 3.5). */
const compressed = (text: string): string => new URL(`http://[${text}]`).hostname.slice(1, -1)

function unmapped(text: string): string {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? []
  if (high === undefined || low === undefined) return text
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`
}

/**
 * The client's address out of one address or a list of forwarded ones (`X-Forwarded-For`, or RFC 7239 `Forwarded`): the
 * last that is public and no proxy of one's own. What stands before it was written by the client, who may write anything.
 */
export function clientAddress(raw: unknown, isTrusted: (address: string) => boolean): string | null {
  const text =
    typeof raw === 'string' ? raw : Array.isArray(raw) ? raw.filter((each) => typeof each === 'string').join(',') : ''
  if (text === '' || text.length > 4096) return null
  const entries = text.split(',').slice(-MAX_ENTRIES)
  for (const entry of entries.reverse()) {
    const address = canonicalAddress(forwardedFor(entry))
    if (address !== null && !isReservedAddress(address) && !isTrusted(address)) return address
  }
  return null
}

/** `for="[2001:db8::1]:443";proto=https` → `[2001:db8::1]:443`. */
const forwardedFor = (entry: string): string => /(?:^|;)\s*for\s*=\s*("?)([^";]*)\1/i.exec(entry)?.[2] ?? entry

/** The block of an IPv4 address whose last number an exporter masked: `203.0.113.***` → `203.0.113.0/24`. */
export function maskedBlock(raw: unknown): string | null {
  if (typeof raw !== 'string') return null
  const prefix = /^((?:\d{1,3}\.){3})(?:\*+|x+|X+)$/.exec(raw.trim())?.[1]
  if (prefix === undefined || isIP(`${prefix}1`) !== 4 || isReservedAddress(`${prefix}1`)) return null
  return `${prefix}0/24`
}

/**
 * Whether an address is one of the proxies that were named.
 *
 * @param proxies addresses and blocks, such as `203.0.113.7` and `2001:db8::/32`
 * @throws ScanError USAGE for what is neither
 */
export function parseTrustedProxies(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const proxy of proxies) addProxy(list, proxy.trim())
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function addProxy(list: BlockList, proxy: string): void {
  const [address = '', length, ...rest] = proxy.split('/')
  const version = isIP(address)
  const most = version === 6 ? 128 : 32
  const bits = length === undefined ? most : Number(length)
  if (version === 0 || rest.length > 0 || !/^\d*$/.test(length ?? '') || !(bits >= 0 && bits <= most)) {
    throw new ScanError(
      'USAGE',
      `--trusted-proxies: '${proxy}' is no address and no block`,
      'Write addresses and blocks with commas between: 203.0.113.7,2001:db8::/32',
    )
  }
  list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
}
