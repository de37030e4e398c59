import type { FieldStats } from '../evidence/tables.ts'
import type { AccountSet } from '../signals/signal.ts'
import { type Incidence, valuesOf } from './incidence.ts'

/** Members over which a mean is taken in a large set; the counts inside are always exact. */
const MAX_EVALUATED = 256

/**
 * Views account sets one after the other in reused memory: a set is valid until the next one is viewed.
 * Cost is linear in the incidences of its members; what a set has of a field is counted when it is first asked for.
 * The members that are handed over must not change while their set is valid.
 */
export function createSetViewer(incidence: Incidence): (members: Int32Array, all?: boolean) => AccountSet {
  const { tables, accountStart, accountValue } = incidence
  const fieldOf = tables.values.field
  const inside = new Int32Array(tables.values.count)
  const insideField = new Int32Array(tables.fields.length)
  const isSharedField = new Uint8Array(tables.fields.length)
  let last: Int32Array = new Int32Array(0)
  /** Zero for what the last set had, instead of for every value. */
  const clear = (): void => {
    for (const member of last) {
      for (let at = accountStart[member]!; at < accountStart[member + 1]!; at++) inside[accountValue[at]!] = 0
    }
    insideField.fill(NOT_COUNTED)
    isSharedField.fill(0)
  }
  const count = (members: Int32Array): void => {
    for (const member of members) {
      for (let at = accountStart[member]!; at < accountStart[member + 1]!; at++) {
        const value = accountValue[at]!
        if (++inside[value]! === 2) isSharedField[fieldOf[value]!] = 1
      }
    }
  }
  return (members, all = false) => {
    clear()
    count(members)
    last = members
    return {
      tables,
      members,
      evaluated: all ? members : evenSample(members),
      valuesOf: (account) => valuesOf(incidence, account),
      inside: (value) => inside[value]!,
      insideField(field) {
        if (insideField[field] === NOT_COUNTED) insideField[field] = holdersAmong(members, tables.fields[field]!)
        return insideField[field]!
      },
      mayShare: (field) => isSharedField[field] === 1,
    }
  }
}

const NOT_COUNTED = -1

/** Members that hold any value of the field, shared or not. */
function holdersAmong(members: Int32Array, { valuesHeld }: FieldStats): number {
  let count = 0
  for (const member of members) if (valuesHeld[member]! > 0) count++
  return count
}

/** At most {@link MAX_EVALUATED} members, evenly spaced over the sorted set: no draw, no dependence on order. */
function evenSample(members: Int32Array): Int32Array {
  if (members.length <= MAX_EVALUATED) return members
  return Int32Array.from(
    { length: MAX_EVALUATED },
    (_, i) => members[Math.floor((i * members.length) / MAX_EVALUATED)]!,
  )
}
