import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSetViewer } from '../../src/networks/account-set.ts'
import { type Holdings, incidenceOf } from './tables.ts'

const COUNT = 20
const accounts = fc.uniqueArray(fc.nat(COUNT - 1), { maxLength: 12 }).map((all) => Int32Array.from(all).sort())
const values = fc.dictionary(fc.constantFrom('x', 'y', 'z'), accounts)
const holdings = fc.record({ card_fingerprint: values, user_agent: values })

test('a set is the same whatever was viewed before it', () => {
  fc.assert(
    fc.property(holdings, fc.array(accounts, { minLength: 1, maxLength: 5 }), (given, sets) => {
      const held = Object.fromEntries(
        Object.entries(given).map(([field, of]) => [
          field,
          Object.fromEntries(Object.entries(of).map(([value, all]) => [value, [...all]])),
        ]),
      ) as Holdings
      const incidence = incidenceOf(COUNT, held)
      const { tables } = incidence
      const view = createSetViewer(incidence)
      for (const members of sets) {
        const set = view(members)
        const isMember = new Set(members)
        const inside = Array.from({ length: tables.values.count }, (_, value) => {
          const { holdings: rows } = tables
          return [...rows.value].filter((each, row) => each === value && isMember.has(rows.account[row]!)).length
        })
        expect(inside.map((_, value) => set.inside(value))).toEqual(inside)
        for (const [field, { valuesHeld }] of tables.fields.entries()) {
          // Asked twice: the second answer is the one that was kept.
          const holders = members.filter((member) => valuesHeld[member]! > 0).length
          expect([set.insideField(field), set.insideField(field)]).toEqual([holders, holders])
          const most = Math.max(0, ...inside.filter((_, value) => tables.values.field[value] === field))
          expect(set.mayShare(field)).toBe(most >= 2)
        }
      }
    }),
    { numRuns: 200 },
  )
})
