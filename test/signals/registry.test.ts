import { describe, expect, test } from 'vitest'
import { CANONICAL_FIELDS, canonicalField } from '../../src/formats/fields.ts'
import { FAMILIES } from '../../src/model.ts'
import { FAMILY_CAP_BITS, signals } from '../../src/signals/registry.ts'

/** Fields of holdings that are made from others, and what from. */
const DERIVED: Readonly<Record<string, string>> = {
  ip_block: 'ip',
  email_pattern: 'email',
  card_composite: 'card_last4',
}

const isKnown = (field: string): boolean => canonicalField(DERIVED[field] ?? field) !== undefined

test('ids are permanent: one may be added here, none may change or go', () => {
  expect(signals.map(({ id }) => id).sort()).toEqual([
    'alike-use',
    'card-bin-concentration',
    'high-volume',
    'identity-injection',
    'issued-card-runs',
    'network-concentration',
    'no-ramp',
    'reasoning-elicitation',
    'reasoning-tags',
    'registration-burst',
    'registration-pattern',
    'repeated-prompt',
    'round-the-clock-use',
    'rubric-grading',
    'shared-address-block',
    'shared-billing-details',
    'shared-client-stack',
    'shared-device',
    'shared-payment-instrument',
    'shared-prompt-template',
    'shared-registration-details',
    'trace-cleaning',
    'trace-extraction',
  ])
})

describe.each(signals.map((signal) => [signal.id, signal] as const))('%s', (id, signal) => {
  test('has an id in kebab case, and says in words what it is, why, and what else it may be', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/)
    expect(signal.title).toMatch(/^[A-Z][^.]+$/)
    expect(signal.why).toMatch(/^[A-Z].{20,}\.$/)
    expect(signal.statistic).toMatch(/^(mean|share) /)
    expect(signal.innocentCauses.length).toBeGreaterThanOrEqual(2)
    for (const cause of signal.innocentCauses) expect(cause).toMatch(/^[a-z].*[a-zA-Z]$/)
    expect(FAMILIES).toContain(signal.family)
    expect(signal.agreement).toBeGreaterThan(0)
    expect(signal.agreement).toBeLessThanOrEqual(1)
  })

  test('needs and reads fields that there are', () => {
    expect(signal.needs.length).toBeGreaterThan(0)
    expect([...signal.needs, ...signal.fields].filter((field) => !isKnown(field))).toEqual([])
  })

  test('never sees a country', () => {
    expect([...signal.needs, ...signal.fields].filter((field) => /country/.test(field))).toEqual([])
  })

  test('reads fields of its own family', () => {
    const families = signal.fields.map((field) => canonicalField(DERIVED[field] ?? field)?.family)
    expect(families.every((family) => family === signal.family || family === null || family === undefined)).toBe(true)
  })
})

test('no field is read by two signals, so that nothing counts twice', () => {
  const fields = signals.flatMap((signal) => signal.fields)
  expect(fields).toEqual([...new Set(fields)])
})

test('every field that may link is read by a signal', () => {
  const read = new Set(signals.flatMap((signal) => signal.fields.map((field) => DERIVED[field] ?? field)))
  const holdings = CANONICAL_FIELDS.filter(({ role }) => role === 'holding').map(({ name }) => name)
  const inComposite = ['card_last4', 'card_expiry']
  expect(holdings.filter((name) => !read.has(name) && !inComposite.includes(name))).toEqual([])
})

test('every family has a cap, which none of its signals can pass alone', () => {
  expect(Object.keys(FAMILY_CAP_BITS)).toEqual([...FAMILIES])
  for (const cap of Object.values(FAMILY_CAP_BITS)) expect(cap).toBeGreaterThan(0)
})

test('geography has no family and no signal', () => {
  for (const name of ['country', 'card_country'] as const) expect(canonicalField(name)?.family).toBeNull()
})
