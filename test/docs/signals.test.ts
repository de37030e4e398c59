import { describe, expect, test } from 'vitest'
import { defaults } from '../../src/config.ts'
import { canonicalField } from '../../src/formats/fields.ts'
import { readPage, refreshed } from './pages.ts'
import { FIGURES } from './signal-examples.ts'
import { ALL_SIGNALS, namesBehind, PARTS, sectionsOf, signalBox, signalIndex } from './signal-sections.ts'

/** Every signal has its section in `docs/signals.md`. `npx vitest run test/docs -u` writes the boxes. */

const page = readPage('docs/signals.md')
const sections = sectionsOf(page)

/** Fields of holdings that are made from others: what an export has to have. */
const EXPORTED_AS: Readonly<Record<string, string>> = {
  ip_block: 'ip',
  email_pattern: 'email',
  card_composite: 'card_last4',
}

test('the boxes are those of the code', async () => {
  const boxes = Object.fromEntries(ALL_SIGNALS.map((signal) => [signal.id, signalBox(signal)]))
  await expect(refreshed(page, { index: signalIndex(), ...boxes })).toMatchFileSnapshot('../../docs/signals.md')
})

test('every signal has one section, in the order of the index, and no section is without a signal', () => {
  expect(sections.map(({ id }) => id)).toEqual(ALL_SIGNALS.map(({ id }) => id))
  expect(Object.keys(FIGURES).sort()).toEqual(ALL_SIGNALS.map(({ id }) => id).sort())
})

test('no two signals are told apart, or cleared, in the same words', () => {
  for (const part of ['What it measures.', 'Telling it from the innocent.', 'Example.'] as const) {
    const texts = sections.map(({ parts }) => parts.get(part))
    expect(new Set(texts).size).toBe(sections.length)
  }
})

describe.each(sections.map((section) => [section.id, section] as const))('%s', (id, { parts }) => {
  const signal = ALL_SIGNALS.find((each) => each.id === id)!
  const knobs = parts.get('Knobs.') ?? ''

  test('has all parts, in order, and none is empty', () => {
    expect([...parts.keys()]).toEqual([...PARTS])
    expect([...parts].filter(([, text]) => text.length < 40)).toEqual([])
  })

  test('names settings that there are', () => {
    const named = namesBehind('Settings', knobs)
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !Object.hasOwn(defaults, name))).toEqual([])
    const elsewhere = [...parts.values()].flatMap((text) => [...text.matchAll(/`([a-z]+[A-Z]\w*)`/g)])
    expect(elsewhere.map(([, name]) => name!).filter((name) => !Object.hasOwn(defaults, name))).toEqual([])
  })

  test('names columns that there are, among them all that the signal needs', () => {
    const named = namesBehind('Columns', knobs)
    expect(named.filter((name) => canonicalField(name) === undefined)).toEqual([])
    const needed = signal.needs.map((need) => EXPORTED_AS[need] ?? need)
    expect(needed.filter((need) => !named.includes(need))).toEqual([])
  })

  test('works its example as the code does', () => {
    const example = parts.get('Example.') ?? ''
    expect(FIGURES[id]!.filter((figure) => !example.includes(figure))).toEqual([])
  })
})
