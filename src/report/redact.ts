import type { EvidenceValue, Network, ScanResult } from '../model.ts'

type Shorten = (value: string) => string

/** Fields that may hold personal data in the clear, and how each is shortened. Names stand for hashes too. */
const sensitiveFields: Readonly<Record<string, Shorten>> = {
  email: shortenEmail,
  payer_email: shortenEmail,
  ip: shortenIp,
  card_fingerprint: shortenToken,
  card_composite: shortenToken,
  ip_block: shortenIp,
  payment_fingerprint: shortenToken,
  display_name: shortenToken,
  phone: shortenToken,
  billing_name_hash: shortenToken,
  billing_address_hash: shortenToken,
  billing_postal_code: shortenToken,
}

const EMAIL = /[^\s@"'<>()[\],;:]+@[^\s@"'<>()[\],;:]+\.[^\s@"'<>()[\],;:.]+/gu
/** Not behind a slash or a letter: `Browser/120.0.0.0` is a version. A block such as `192.0.2.0/24` is short already. */
const IPV4 = /(?<![\w/.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w|\/\d)/gu
const IPV6 =
  /(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?)(?![\w:/])/giu

/**
 * What shortening makes of a token, an e-mail address or an IP address, so that a document that was shortened before it
 * was saved does not change again. Nothing longer than eight characters can pass for a shortened token.
 */
const SHORTENED = /^(?:.{0,4}….{0,4}|.…@.*|[\d.]+\.…|[\da-f:]*:…)(?: #\d+)?$/isu

/**
 * The result with e-mail addresses, IP addresses, card fingerprints and names shortened. Account ids stay whole.
 * Applied before rendering, so that every format shows the same. Two values that shorten alike stay distinguishable
 * by a number behind them: first come, first numbered.
 */
export function redact(result: ScanResult): ScanResult {
  const value = createValueShortener()
  return {
    ...result,
    networks: result.networks.map((network) => redactNetwork(network, value)),
    explained: result.explained.map((group) => ({ ...group, explanation: shortenText(group.explanation) })),
    suppressedValues: result.suppressedValues.map((each) => ({ ...each, value: value(each.field, each.value) })),
    notes: result.notes.map(shortenText),
  }
}

type ValueShortener = (field: string, value: string) => string

function redactNetwork(network: Network, value: ValueShortener): Network {
  const withValue = <T extends { readonly field: string; readonly value: string }>(each: T): T => ({
    ...each,
    value: value(each.field, each.value),
  })
  const text = createTextShortener(network, value)
  return {
    ...network,
    evidence: network.evidence.map((each) => ({
      ...each,
      summary: text(each.summary),
      values: each.values.map((held: EvidenceValue) => withValue(held)),
    })),
    innocentExplanation: {
      ...network.innocentExplanation,
      wouldBeConfirmedBy: text(network.innocentExplanation.wouldBeConfirmedBy),
    },
    fragile: network.fragile === null ? null : { ...network.fragile, dependsOn: text(network.fragile.dependsOn) },
    tests: network.tests.map((test) => ({ ...test, statistic: text(test.statistic) })),
    members: network.members.map((member) => ({ ...member, links: member.links.map(withValue) })),
    hubs: network.hubs.map(withValue),
  }
}

/** Shortens by field, and numbers the second and later values of a field that look alike once shortened. */
function createValueShortener(): ValueShortener {
  const known = new Map<string, string>()
  const alike = new Map<string, number>()
  return (field, value) => {
    const shorten = shortenerOf(field)
    if (isShortened(field, value)) return value
    const key = `${field}\0${value}`
    const earlier = known.get(key)
    if (earlier !== undefined) return earlier
    const short = (shorten ?? shortenText)(value)
    const count = (alike.get(`${field}\0${short}`) ?? 0) + 1
    alike.set(`${field}\0${short}`, count)
    const shown = count === 1 || short === value ? short : `${short} #${count}`
    known.set(key, shown)
    return shown
  }
}

/** One value of a field as it may be shown without `--reveal`. */
export const shortenValue = (field: string, value: string): string => (shortenerOf(field) ?? shortenText)(value)

/** Whether values of the field are shortened as a whole without `--reveal`. */
export const isSensitiveField = (field: string): boolean => shortenerOf(field) !== undefined
/** Whether a value of a sensitive field has been shortened before, so that it is not shortened again. */
export const isShortened = (field: string, value: string): boolean =>
  shortenerOf(field) !== undefined && SHORTENED.test(value)

/** A composite such as `card_bin+card_last4` is as sensitive as its most sensitive part. */
function shortenerOf(field: string): Shorten | undefined {
  for (const part of field.split(/[^a-z0-9_]+/u)) {
    if (Object.hasOwn(sensitiveFields, part)) return sensitiveFields[part]
  }
  return undefined
}

/** Sentences: addresses are found by their shape, the network's own values by their text. */
function createTextShortener(network: Network, value: ValueShortener): Shorten {
  const named = [...network.evidence.flatMap((each) => each.values), ...network.hubs].filter(
    (each) => shortenerOf(each.field) !== undefined && each.value.length >= 4,
  )
  const longestFirst = named.toSorted((a, b) => b.value.length - a.value.length)
  return (text) => {
    let shown = text
    for (const each of longestFirst) {
      if (shown.includes(each.value)) shown = shown.replaceAll(each.value, () => value(each.field, each.value))
    }
    return shortenText(shown)
  }
}

function shortenText(text: string): string {
  return text.replace(EMAIL, shortenEmail).replace(IPV4, shortenIp).replace(IPV6, shortenIp)
}

/** `alice.smith@example.org` → `a…@example.org`; the domain is not personal data. */
function shortenEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 1) return shortenToken(email)
  return `${firstOf(email, 1)}…${email.slice(at)}`
}

/** `192.0.2.17` → `192.0.2.…`, `2001:db8:1:2::3` → `2001:db8:1:…`; a block of a /24, a /48 or wider stays as it is. */
function shortenIp(ip: string): string {
  const [address = '', prefix] = ip.split('/')
  const isV6 = address.includes(':')
  if (prefix !== undefined && Number(prefix) <= (isV6 ? 48 : 24)) return ip
  const groups = address.split(isV6 ? ':' : '.')
  if (isV6) {
    const known = groups.slice(0, 3)
    const gap = known.indexOf('', 1)
    return `${(gap < 0 ? known : known.slice(0, gap)).join(':')}:…`
  }
  return groups.length === 4 ? `${groups.slice(0, 3).join('.')}.…` : shortenToken(ip)
}

/** Half of the text at most, eight characters at most: `fp_9Qx77TLm02Ke` → `fp_9Qx…2Ke`. */
function shortenToken(token: string): string {
  const points = Array.from(token)
  const shown = Math.min(8, Math.floor(points.length / 2))
  const tail = Math.floor(shown / 2)
  return `${points.slice(0, shown - tail).join('')}…${points.slice(points.length - tail).join('')}`
}

const firstOf = (text: string, count: number): string => Array.from(text).slice(0, count).join('')
