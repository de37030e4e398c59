import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockResolutionMs, selectEvents } from '../../src/signals/group-events.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { chooseWatched } from '../../src/signals/watch.ts'
import { range, tablesOf } from '../networks/tables.ts'
import { eventTable } from './order-input.ts'

test('events of some accounts are the rows of the table that are theirs, in its order', () => {
  const request = fc.record({ account: fc.nat(9), atMs: fc.integer({ min: 1e12, max: 1e12 + 50 }), prompt: fc.nat(5) })
  const chosen = fc.uniqueArray(fc.nat(12)).map((accounts) => Int32Array.from(accounts).sort())
  fc.assert(
    fc.property(fc.array(request), chosen, (requests, accounts) => {
      const table = eventTable(requests, 10)
      const events = selectEvents(table, accounts)
      const rows = [...table.account.keys()].filter((row) => accounts.includes(table.account[row]!))
      expect([...events.accounts]).toEqual([...accounts].filter((each) => each < 10)) // 10 and above are not watched
      expect([...events.member].map((each) => events.accounts[each])).toEqual(rows.map((row) => table.account[row]))
      expect([...events.atMs]).toEqual(rows.map((row) => table.atMs[row]))
      expect([...events.prompt]).toEqual(rows.map((row) => table.prompt[row]))
    }),
  )
})

test('the clock is as fine as its finest instant', () => {
  const clock = (...atMs: readonly number[]): number => clockResolutionMs({ atMs: Float64Array.from(atMs) })
  expect(clock(60_000, 120_000)).toBe(60_000)
  expect(clock(60_000, 61_000)).toBe(1000)
  expect(clock(60_000, 61_001)).toBe(1)
})

test('at most 500 members of a group are watched, and strangers who say enough', () => {
  const requests = Float64Array.from(range(0, 3000), (account) => (account % 2 === 0 ? 100 : 19))
  const { accounts } = tablesOf(3000, {}, { accounts: { requests } })
  // Groups of 1,000, four and five; the one of four is too small for an order, but its members are no strangers.
  const groups = [range(0, 1000), [1001, 1003, 1005, 1007], [1011, 1013, 1015, 1017, 1019]]
  const watch = chooseWatched(
    groups.map((group) => Int32Array.from(group)),
    accounts,
  )
  expect(watch.groups.map((group) => group.length)).toEqual([500, 0, 5])
  expect([...watch.groups[0]!.slice(0, 3)]).toEqual([0, 2, 4]) // evenly spaced
  expect(watch.strangers.length).toBe(400)
  expect(watch.strangers.every((account) => account >= 1000 && account % 2 === 0)).toBe(true)
  expect(watch.accounts.length).toBe(905)
})

test('signals of order are described like all others', () => {
  for (const { id, innocentCauses, why } of orderSignals) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(innocentCauses.length).toBeGreaterThanOrEqual(2)
    expect(why).toMatch(/\.$/)
  }
})
