import { type Coverage, FAMILIES } from '../model.ts'
import type { Signal } from '../signals/signal.ts'

/** Which families this export lets the signals test, in the order of `FAMILIES`; `why` names what is there or missing. */
export function coverageOf(signals: readonly Signal[], fieldsPresent: ReadonlySet<string>): Coverage[] {
  const isThere = (field: string): boolean => (SOURCES[field] ?? [field]).some((each) => fieldsPresent.has(each))
  return FAMILIES.map((family) => {
    const own = signals.filter((signal) => signal.family === family)
    const needs = [...new Set(own.flatMap((signal) => signal.needs))]
    const there = needs.filter(isThere)
    if (own.length === 0) return { family, tested: false, why: 'not tested by this version' }
    if (there.length === 0) return { family, tested: false, why: `no column for any of ${needs.join(', ')}` }
    const missing = needs.filter((field) => !isThere(field))
    const why = `from ${there.join(', ')}${missing.length > 0 ? `; missing: ${missing.join(', ')}` : ''}`
    return { family, tested: true, why }
  })
}

/** Canonical fields that a derived field is made from, any of which suffices. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  ip_block: ['ip'],
  email_pattern: ['email'],
  email_domain: ['email_domain', 'email'],
  card_composite: ['card_last4'],
}
