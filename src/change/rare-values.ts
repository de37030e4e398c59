import type { Network } from '../model.ts'
import type { HeldValue } from './history.ts'

/**
 * Of the accounts that hold a value, members must be four fifths. So no two networks of one report can both hold it, and
 * it speaks for whoever has it. With a lower share a popular client would carry an id from one group to another; with
 * 1 a single outsider who bought the same card series would end it.
 */
const MAX_OUTSIDE_PER_MEMBER = 0.25

/** The values in a network's evidence that few but its members hold, each once. */
export function rareValues({ evidence }: Pick<Network, 'evidence'>): HeldValue[] {
  const byKey = new Map<string, HeldValue>()
  for (const { field, value, inside, outside } of evidence.flatMap((each) => each.values)) {
    if (inside >= 2 && outside <= inside * MAX_OUTSIDE_PER_MEMBER) byKey.set(keyOf({ field, value }), { field, value })
  }
  return [...byKey.values()]
}

/** One text for a field and a value; no field has a NUL in its name. */
export const keyOf = ({ field, value }: HeldValue): string => `${field}\0${value}`
