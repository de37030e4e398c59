import type { Config } from '../config.ts'
import type { Family } from '../model.ts'
import { agreementBits, strangerShare } from '../signals/rarity.ts'
import { fieldOf, type Signal } from '../signals/signal.ts'
import { holdersOf, type Incidence, valuesOf } from './incidence.ts'
import { explainsTogether } from './innocent.ts'

/** A value held by too many accounts to link them directly, and what the test of its holders said. */
export interface HubVerdict {
  /** Position in `tables.values`. */
  readonly value: number
  readonly holders: number
  /** Families other than its own in which its holders agree far more than strangers. */
  readonly agreeing: readonly Family[]
  readonly isKept: boolean
  readonly reason: string
}

/** Times more common among the holders than among strangers, and standard deviations (DETECTION 2.3). */
const MIN_LIFT = 5
const MIN_Z = 6

/** Holders that must share a second value before it counts as agreement. */
const MIN_TOGETHER = 3

/**
 * Tests every value with more than `maxHoldersPerLink` holders for homogeneity in the other families. A campus
 * address, a cloud egress or a popular client is heterogeneous in everything else and links nobody; the private
 * template of a pool is not. A value is kept if its holders agree in two other families, or in one that no single
 * innocent explanation covers together with its own.
 */
export function testHubs(incidence: Incidence, signals: readonly Signal[], config: Config): HubVerdict[] {
  const families = signalByField(incidence, signals).map((signal) => signal?.family)
  const verdicts: HubVerdict[] = []
  const { values } = incidence.tables
  for (let value = 0; value < values.count; value++) {
    const own = families[values.field[value]!]
    if (values.holders[value]! <= config.maxHoldersPerLink || own === undefined) continue
    verdicts.push(testHub(incidence, value, own, families))
  }
  return verdicts
}

/** The link or pattern signal that reads each field, by field number. */
export const signalByField = (incidence: Incidence, signals: readonly Signal[]): readonly (Signal | undefined)[] =>
  incidence.tables.fields.map(({ name }) => signals.find(({ fields }) => fields.includes(name)))

function testHub(
  incidence: Incidence,
  value: number,
  own: Family,
  families: readonly (Family | undefined)[],
): HubVerdict {
  const members = holdersOf(incidence, value)
  const agreeing = [...agreeingFamilies(incidence, members, families)].filter((family) => family !== own).sort()
  const isKept = agreeing.length > 0 && !explainsTogether([own, ...agreeing])
  const holders = incidence.tables.values.holders[value]!
  const reason =
    agreeing.length === 0
      ? `its ${holders} holders agree on nothing else`
      : isKept
        ? `its holders also agree in ${agreeing.join(', ')}`
        : `its holders also agree in ${agreeing.join(', ')}, which one innocent cause explains`
  return { value, holders, agreeing, isKept, reason }
}

/**
 * Families in which pairs of the set agree more than pairs of strangers: lift >= 5 and z >= 6 in some field.
 * Observed and expected are numbers of agreeing pairs; the variance is that of independent draws of each value.
 */
function agreeingFamilies(
  incidence: Incidence,
  members: Int32Array,
  families: readonly (Family | undefined)[],
): ReadonlySet<Family> {
  const { fields, values } = incidence.tables
  const observed = new Float64Array(fields.length)
  const expected = new Float64Array(fields.length)
  const variance = new Float64Array(fields.length)
  const insideField = fields.map(({ valuesHeld }) => members.reduce((n, m) => n + (valuesHeld[m]! > 0 ? 1 : 0), 0))
  for (const [value, inside] of countValues(incidence, members)) {
    const field = values.field[value]!
    const n = insideField[field]!
    const p = Math.min(1, strangerShare(fields[field]!, values.holders[value]!, inside, n))
    observed[field]! += inside < MIN_TOGETHER ? 0 : (inside * (inside - 1)) / 2
    expected[field]! += (n * (n - 1) * p * p) / 2
    variance[field]! += (n * n * p * p) / 2 + n * n * n * p * p * p * (1 - p)
  }
  const agreeing = new Set<Family>()
  for (const [field, family] of families.entries()) {
    if (family === undefined || observed[field] === 0) continue
    const lift = observed[field]! / Math.max(expected[field]!, 1e-9)
    const z = (observed[field]! - expected[field]!) / Math.sqrt(variance[field]! + 1)
    if (lift >= MIN_LIFT && z >= MIN_Z && agreeingShare(observed[field]!, insideField[field]!) >= MIN_PAIR_SHARE)
      agreeing.add(family)
  }
  return agreeing
}

/** Share of all pairs that agree. Below it the agreement is that of a few, and those few link without the hub. */
const MIN_PAIR_SHARE = 0.002
const agreeingShare = (pairs: number, n: number): number => (n < 2 ? 0 : pairs / ((n * (n - 1)) / 2))

/** Shared values of the members with the number of members that hold each. */
export function countValues(incidence: Incidence, members: Int32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const member of members) {
    for (const value of valuesOf(incidence, member)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/**
 * Holders of a kept hub that belong together: those who share, beside the hub, a value of an agreeing family, both rare
 * enough among strangers to reach `minBits` in sum. One set per such value, so that two groups behind one hub stay two.
 *
 * @param signalOf signal of each field, by field number
 */
export function hubCores(
  incidence: Incidence,
  hub: HubVerdict,
  signalOf: readonly (Signal | undefined)[],
  minBits: number,
): Int32Array[] {
  const members = holdersOf(incidence, hub.value)
  const { values } = incidence.tables
  const candidates = new Map<number, number[]>()
  for (const [value, inside] of countValues(incidence, members)) {
    const family = signalOf[values.field[value]!]?.family
    if (value !== hub.value && inside >= MIN_TOGETHER && family && hub.agreeing.includes(family))
      candidates.set(value, [])
  }
  for (const member of members) for (const value of valuesOf(incidence, member)) candidates.get(value)?.push(member)
  const enriched = [...candidates].filter(([value, core]) => isEnriched(incidence, value, core.length, members.length))
  const covered = new Set(enriched.flatMap(([, core]) => core)).size
  const hubBits = bitsOutside(incidence, hub.value, covered, signalOf)
  return enriched
    .filter(([value, core]) => hubBits + bitsOutside(incidence, value, core.length, signalOf) >= minBits)
    .sort(([a], [b]) => a - b)
    .map(([, core]) => Int32Array.from(core))
}

function isEnriched(incidence: Incidence, value: number, inside: number, members: number): boolean {
  const share = strangerShare(
    fieldOf(incidence.tables, value),
    incidence.tables.values.holders[value]!,
    inside,
    members,
  )
  return inside / members / share >= MIN_LIFT
}

/** Bits of agreement on a value between accounts of a set, `inside` of which hold it. */
function bitsOutside(
  { tables }: Incidence,
  value: number,
  inside: number,
  signalOf: readonly (Signal | undefined)[],
): number {
  const field = tables.values.field[value]!
  const share = strangerShare(tables.fields[field]!, tables.values.holders[value]!, inside, inside)
  return agreementBits(signalOf[field]?.agreement ?? 0, share)
}
