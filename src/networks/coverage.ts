import { type Coverage, FAMILIES } from '../model.ts'
import type { Signal } from '../signals/signal.ts'

/** Why a family is not tested for which no signal exists yet. */
export const NO_DETECTOR = 'not tested by this version'

/** Which families this export lets the signals test, in the order of `FAMILIES`; `why` names what is there or missing. */
export function coverageOf(
  signals: readonly Pick<Signal, 'family' | 'needs'>[],
  fieldsPresent: ReadonlySet<string>,
): Coverage[] {
  return FAMILIES.map((family) => {
    const own = signals.filter((signal) => signal.family === family)
    const needs = [...new Set(own.flatMap((signal) => signal.needs).flatMap((need) => EXPORTED_AS[need] ?? [need]))]
    const there = needs.filter((field) => fieldsPresent.has(field))
    if (own.length === 0) return { family, tested: false, why: NO_DETECTOR }
    if (there.length === 0) return { family, tested: false, why: `no column for any of ${needs.join(', ')}` }
    const missing = needs.filter((field) => !fieldsPresent.has(field))
    const why = `from ${there.join(', ')}${missing.length > 0 ? `; missing: ${missing.join(', ')}` : ''}`
    return { family, tested: true, why }
  })
}

/** The canonical fields that an export has to have for a field that is derived from them. */
const EXPORTED_AS: Readonly<Record<string, readonly string[]>> = {
  ip_block: ['ip'],
  email_pattern: ['email'],
  card_composite: [], // a stand-in for a card fingerprint, not worth asking for
}
