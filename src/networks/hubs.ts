import { type Checkpoint, NO_CHECKPOINT } from '../checkpoint.ts'
import type { Config } from '../config.ts'
import { agreementBits, strangerShare } from '../signals/rarity.ts'
import { fieldOf, isThing, type Signal } from '../signals/signal.ts'
import { holdersOf, type Incidence, valuesOf } from './incidence.ts'
import { explainsTogether } from './innocent.ts'

/** A value held by too many accounts to link them directly, and what the test of its holders said. */
export interface HubVerdict {
  /** Position in `tables.values`. */
  readonly value: number
  readonly holders: number
  /** Ids of the signals of other families in which most of its holders agree. */
  readonly agreeing: readonly string[]
  readonly isKept: boolean
  readonly reason: string
}

/** Holders of a kept hub that belong together, and the bits that hub and second value are worth to two of them. */
export interface HubCore {
  /** Ascending account numbers. */
  readonly members: Int32Array
  readonly bits: number
}

/** Times more common among holders than among strangers before a second value counts (docs/detection.md, "Hubs"). */
const MIN_LIFT = 5

/** The same for identifiers: the rest of a ring that is a quarter of the log holds the same cards, and no stranger does. */
const MIN_IDENTIFIER_LIFT = 2

/** Holders that must share a second value before it counts as agreement. */
const MIN_TOGETHER = 3

/** Share of the holders that must agree with others in a signal; below it the agreement is that of a few, who link anyway. */
const MIN_COVERAGE = 0.5

/**
 * Tests every value with more than `maxHoldersPerLink` holders, and every identifier with too many to link two accounts
 * by itself, for homogeneity in the other families. A campus
 * address, a cloud egress or a popular client is heterogeneous in everything else and links nobody; the private
 * template of a pool is not. A value is kept if most of its holders agree with others in a signal of another family
 * that can link (a card, a device, an address: not a kind of card), and if no single innocent explanation covers what
 * they agree in.
 *
 * Holders are counted, not pairs of them: among a thousand strangers of one carrier there are households and
 * offices enough to make pairs that agree, so what is asked is how many of the holders agree with anybody.
 */
export async function testHubs(
  incidence: Incidence,
  signals: readonly Signal[],
  config: Config,
  checkpoint: Checkpoint = NO_CHECKPOINT,
): Promise<HubVerdict[]> {
  const signalOf = signalByField(incidence, signals)
  const limitOf = mostHoldersOfLink(incidence.tables.accounts.count, config)
  const verdicts: HubVerdict[] = []
  const { values } = incidence.tables
  for (let value = 0; value < values.count; value++) {
    const own = signalOf[values.field[value]!]
    if (own?.role !== 'link') continue
    const isTooWeak = isThing(own) && bitsOutside(incidence, value, 0, signalOf) < config.minInstrumentBits
    if (values.holders[value]! <= limitOf(own) && !isTooWeak) continue
    await checkpoint('hubs', value / values.count)
    verdicts.push(testHub(incidence, value, own, signalOf))
  }
  return verdicts
}

/** Share of all accounts above which a value is a hub in a small log, and the least number that makes a hub. */
const HUB_SHARE = 0.05
const LEAST_HUB = 10

/**
 * Accounts that may hold a value of a signal which links directly; a value with more holders is a hub. A payment
 * instrument is nobody's container image: its limit does not shrink with the log.
 */
export function mostHoldersOfLink(accounts: number, { maxHoldersPerLink }: Config): (signal: Signal) => number {
  const relative = Math.min(maxHoldersPerLink, Math.max(LEAST_HUB, Math.floor(HUB_SHARE * accounts)))
  return ({ family, isIdentifier }) => (family === 'payment' && isIdentifier ? maxHoldersPerLink : relative)
}

/** The link or pattern signal that reads each field, by field number. */
export const signalByField = (incidence: Incidence, signals: readonly Signal[]): readonly (Signal | undefined)[] =>
  incidence.tables.fields.map(({ name }) => signals.find(({ fields }) => fields.includes(name)))

function testHub(
  incidence: Incidence,
  value: number,
  own: Signal,
  signalOf: readonly (Signal | undefined)[],
): HubVerdict {
  const members = holdersOf(incidence, value)
  const holders = incidence.tables.values.holders[value]!
  const agreeing = agreeingSignals(incidence, members, own, signalOf)
  const names = agreeing.map(({ id }) => id)
  const isExplained = explainsTogether([own.id, ...names], holders)
  const isKept = agreeing.some(({ role }) => role === 'link') && !isExplained
  const reason = isKept
    ? `most of its ${holders} holders also agree in ${names.join(', ')}`
    : names.length === 0
      ? `its ${holders} holders agree on nothing else`
      : `its ${holders} holders agree only in ${names.join(', ')}, which has ordinary causes`
  return { value, holders, agreeing: names, isKept, reason }
}

/** Signals of other families in which at least half of the members share, with two others, a value rare outside. */
function agreeingSignals(
  incidence: Incidence,
  members: Int32Array,
  own: Signal,
  signalOf: readonly (Signal | undefined)[],
): Signal[] {
  const counts = countValues(incidence, members)
  const speaking = new Set<number>()
  for (const [value, inside] of counts) {
    const signal = signalOf[incidence.tables.values.field[value]!]
    if (!signal || signal.family === own.family || inside < MIN_TOGETHER) continue
    if (isEnriched(incidence, value, signal, inside, members.length)) speaking.add(value)
  }
  const covered = new Map<Signal, number>()
  for (const member of members) {
    const seen = new Set<Signal>()
    for (const value of valuesOf(incidence, member)) {
      if (speaking.has(value)) seen.add(signalOf[incidence.tables.values.field[value]!]!)
    }
    for (const signal of seen) covered.set(signal, (covered.get(signal) ?? 0) + 1)
  }
  return [...covered]
    .filter(([, count]) => count >= MIN_COVERAGE * members.length)
    .map(([signal]) => signal)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Shared values of the members with the number of members that hold each. */
export function countValues(incidence: Incidence, members: Int32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const member of members) {
    for (const value of valuesOf(incidence, member)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/**
 * Holders of a kept hub that belong together: those who share, beside the hub, a value of another signal that can link,
 * both rare enough among strangers to reach `minBits` in sum, and not a pair that one innocent cause explains (an
 * address and a client build are the mark of a rented exit, not of one operator). One set per such value, so that two
 * groups behind one hub stay two.
 *
 * @param signalOf signal of each field, by field number
 */
export function hubCores(
  incidence: Incidence,
  hub: HubVerdict,
  signalOf: readonly (Signal | undefined)[],
  minBits: number,
): HubCore[] {
  const members = holdersOf(incidence, hub.value)
  const { values } = incidence.tables
  const own = signalOf[values.field[hub.value]!]!
  const candidates = new Map<number, number[]>()
  for (const [value, inside] of countValues(incidence, members)) {
    const signal = signalOf[values.field[value]!]
    if (value === hub.value || inside < MIN_TOGETHER || signal?.role !== 'link') continue
    if (!hub.agreeing.includes(signal.id) || explainsTogether([own.id, signal.id], members.length)) continue
    if (isEnriched(incidence, value, signal, inside, members.length)) candidates.set(value, [])
  }
  for (const member of members) for (const value of valuesOf(incidence, member)) candidates.get(value)?.push(member)
  const covered = new Set([...candidates.values()].flat()).size
  const hubBits = bitsOutside(incidence, hub.value, covered, signalOf)
  const cores = [...candidates]
    .sort(([a], [b]) => a - b)
    .map(([value, core]) => ({
      members: Int32Array.from(core),
      bits: hubBits + bitsOutside(incidence, value, core.length, signalOf),
    }))
    .filter(({ bits }) => bits >= minBits)
  return isThing(own) && cores.length > 1 ? [united(cores)] : cores
}

/** Two groups on one card or device are one: it is a thing, not a place where strangers meet. */
const united = (cores: readonly HubCore[]): HubCore => ({
  members: Int32Array.from(new Set(cores.flatMap(({ members }) => [...members]))).sort(),
  bits: cores.reduce((least, { bits }) => Math.min(least, bits), Number.POSITIVE_INFINITY),
})

function isEnriched(incidence: Incidence, value: number, signal: Signal, inside: number, members: number): boolean {
  const { tables } = incidence
  const share = strangerShare(fieldOf(tables, value), tables.values.holders[value]!, inside, members, false)
  return inside / members / share >= (signal.isIdentifier ? MIN_IDENTIFIER_LIFT : MIN_LIFT)
}

/** Bits of agreement on a value between accounts of a set, `inside` of which hold it. */
function bitsOutside(
  { tables }: Incidence,
  value: number,
  inside: number,
  signalOf: readonly (Signal | undefined)[],
): number {
  const field = tables.values.field[value]!
  const share = strangerShare(
    tables.fields[field]!,
    tables.values.holders[value]!,
    inside,
    inside,
    signalOf[field] !== undefined && isThing(signalOf[field]),
  )
  return agreementBits(signalOf[field]?.agreement ?? 0, share)
}
