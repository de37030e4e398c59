import { lowerBound } from './lower-bound.ts'
import { agreementBits, strangerShare } from './rarity.ts'
import {
  type Account,
  type AccountSet,
  fieldNumbers,
  fieldOf,
  isThing,
  type Signal,
  type SpeakingValue,
} from './signal.ts'
import { valueRange } from './value-range.ts'

/** What a signal on shared values must say of itself; the statistic is the same for all. */
export type SharedValueSpec = Pick<
  Signal,
  'id' | 'family' | 'title' | 'why' | 'innocentCauses' | 'fields' | 'agreement' | 'isIdentifier'
> & {
  readonly role?: Signal['role']
  /** What the members share, one and several, for the summary: `card`, `cards`. */
  readonly noun: readonly [string, string]
}

/**
 * A signal that says how surprising the values are that members share.
 *
 * Bits of one member: the best over its values that another member also holds. For an identifier (a card) a value
 * shared by two says as much as one shared by two hundred: log2(m / p), p the share of strangers that hold it. For a
 * kind (a browser) it says how much more common the value is inside: log2(share inside / p) (Kullback & Leibler 1951,
 * per member). The measure is the mean over all members, those without a match counting 0, so that a network of which
 * half is linked carries half the bits.
 */
export function sharedValueSignal(spec: SharedValueSpec): Signal {
  const { noun, role, ...rest } = spec
  return {
    ...rest,
    role: role ?? 'link',
    statistic: spec.isIdentifier
      ? 'mean over members of log2(m / share of strangers with the best shared value)'
      : 'mean over members of log2(share of members / share of strangers with the best shared value)',
    needs: spec.fields,
    memberBits: (set) => bitsByMember(set, spec),
    explain: (set) => explain(set, spec, noun),
  }
}

function bitsByMember(set: AccountSet, spec: SharedValueSpec): Float64Array {
  const bits = new Float64Array(set.evaluated.length)
  const shared = fieldNumbers(set.tables, spec.fields).filter((field) => set.mayShare(field))
  if (shared.length === 0) return bits
  const ranges = shared.map((field) => valueRange(set.tables, field))
  for (const [i, member] of set.evaluated.entries()) {
    const own = set.valuesOf(member)
    for (const { from, to } of ranges) {
      for (let at = lowerBound(own, from); at < own.length && own[at]! < to; at++) {
        if (set.inside(own[at]!) < 2) continue
        const each = valueBits(set, own[at]!, spec)
        if (each > bits[i]!) bits[i] = each
      }
    }
  }
  return bits
}

function valueBits(set: AccountSet, value: number, spec: SharedValueSpec): number {
  const number = set.tables.values.field[value]!
  const field = fieldOf(set.tables, value)
  const inside = set.inside(value)
  const insideField = set.insideField(number)
  const share = strangerShare(field, set.tables.values.holders[value]!, inside, insideField, isThing(spec))
  return agreementBits(spec.isIdentifier ? spec.agreement : inside / Math.max(1, insideField), share)
}

function explain(set: AccountSet, spec: SharedValueSpec, noun: SharedValueSpec['noun']): Account {
  const wanted = new Set(fieldNumbers(set.tables, spec.fields))
  const values = new Map<number, SpeakingValue>()
  let accounts = 0
  for (const member of set.members) {
    let isCovered = false
    for (const value of set.valuesOf(member)) {
      const inside = set.inside(value)
      if (!wanted.has(set.tables.values.field[value]!) || inside < 2) continue
      const bits = values.get(value)?.bits ?? valueBits(set, value, spec)
      if (bits < MIN_SPEAKING_BITS) continue
      values.set(value, { value, inside, bits })
      isCovered = true
    }
    if (isCovered) accounts++
  }
  const sorted = [...values.values()].sort((a, b) => b.inside * b.bits - a.inside * a.bits || a.value - b.value)
  const outside = sorted.reduce((sum, { value, inside }) => sum + set.tables.values.holders[value]! - inside, 0)
  const shared = `${accounts} of ${set.members.length} accounts share ${sorted.length === 1 ? `one ${noun[0]}` : `${sorted.length} ${noun[1]}`}`
  const summary = `${shared}, ${outside === 0 ? 'held by nobody else' : `held ${outside === 1 ? 'once' : `${outside} times`} outside`}`
  return { summary, values: sorted, accounts }
}

/** Bits below which a shared value is everybody's and not worth a line: four times as common inside. */
const MIN_SPEAKING_BITS = 2
