import type { AccountSet } from '../signals/signal.ts'
import { type Incidence, valuesOf } from './incidence.ts'

/** Members over which a mean is taken in a large set; the counts inside are always exact. */
const MAX_EVALUATED = 256

/**
 * Views account sets one after the other in reused memory: a set is valid until the next one is viewed.
 * Cost is linear in the incidences of its members.
 */
export function createSetViewer(incidence: Incidence): (members: Int32Array, all?: boolean) => AccountSet {
  const { tables } = incidence
  const inside = new Int32Array(tables.values.count)
  const insideField = new Int32Array(tables.fields.length)
  let touched: number[] = []
  return (members, all = false) => {
    for (const value of touched) inside[value] = 0
    touched = []
    insideField.fill(0)
    for (const member of members) {
      for (const value of valuesOf(incidence, member)) {
        if (inside[value]!++ === 0) touched.push(value)
      }
      for (let field = 0; field < insideField.length; field++) {
        if (tables.fields[field]!.valuesHeld[member]! > 0) insideField[field]!++
      }
    }
    return {
      tables,
      members,
      evaluated: all ? members : evenSample(members),
      valuesOf: (account) => valuesOf(incidence, account),
      inside: (value) => inside[value]!,
      insideField: (field) => insideField[field]!,
    }
  }
}

/** At most {@link MAX_EVALUATED} members, evenly spaced over the sorted set: no draw, no dependence on order. */
function evenSample(members: Int32Array): Int32Array {
  if (members.length <= MAX_EVALUATED) return members
  return Int32Array.from(
    { length: MAX_EVALUATED },
    (_, i) => members[Math.floor((i * members.length) / MAX_EVALUATED)]!,
  )
}
