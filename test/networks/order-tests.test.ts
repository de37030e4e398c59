import { expect, test } from 'vitest'
import { testOrder } from '../../src/networks/order-tests.ts'
import { createRandom } from '../../src/random.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import type { Finding, OrderInput, OrderSignal } from '../../src/signals/order-signal.ts'
import { eventTable, type Request } from '../signals/order-input.ts'
import { incidenceOf, range, setOf } from './tables.ts'

const [first] = orderSignals
const finding: Finding = { bits: 3, p: 0.01, hasEffect: true, statistic: 's 1', summary: '', accounts: 3 }
const anOrder = (id: string, measure: OrderSignal['measure']): OrderSignal => ({ ...first!, id, measure })

/** Accounts 0–5 and 6–9 are two groups, of the second only 6 and 7 are watched; 10–12 are strangers. One request each. */
const requests: Request[] = range(0, 13).map((account) => ({ account, atMs: 1000 * account }))
const groups = [range(0, 6), range(6, 10)].map((members) => Int32Array.from(members))
const watch = {
  accounts: Int32Array.from([...range(0, 8), 10, 11, 12]),
  groups: [groups[0]!, Int32Array.of(6, 7)],
  strangers: Int32Array.of(10, 11, 12),
}
const events = eventTable(
  requests.filter(({ account }) => watch.accounts.includes(account)),
  13,
)
const incidence = incidenceOf(13, {})

const run = async (signals: readonly OrderSignal[], watched = watch.groups) =>
  (
    await testOrder(
      groups,
      signals,
      {
        watch: { ...watch, groups: watched },
        events: { ...events, accounts: watch.accounts },
        hours: groups.map(() => new Map()),
      },
      (members) => setOf(incidence, [...members]),
      (members) => createRandom(`group ${members[0]}`),
    )
  ).map(({ tests }) => tests)

test('each signal sees the whole group, the requests of its watched members, and those of strangers', async () => {
  const seen: OrderInput[] = []
  const looksOn = anOrder('a', (input) => {
    seen.push(input)
    return null
  })
  await run([looksOn])
  expect(seen.map(({ set }) => [...set.members])).toEqual([range(0, 6), range(6, 10)])
  expect(seen.map((input) => [...input.events.accounts])).toEqual([range(0, 6), [6, 7]])
  expect(seen.map((input) => [...input.background.accounts])).toEqual([
    [10, 11, 12],
    [10, 11, 12],
  ])
  expect(seen.map(({ strangers }) => [...strangers])).toEqual([
    [10, 11, 12],
    [10, 11, 12],
  ])
})

test('a finding becomes a test that is not confirmed yet; coverage is its share of the watched members, at most 1', async () => {
  const [one, two] = await run([anOrder('a', () => finding)])
  expect(one).toMatchObject([{ observed: 3, expected: 0, p: 0.01, coverage: 3 / 6, finding, isConfirmed: false }])
  expect(two).toMatchObject([{ coverage: 1 }]) // three of two watched
})

test('what cannot be tested on a group is left out', async () => {
  const onlyLarge = anOrder('b', ({ set }) => (set.members.length > 4 ? finding : null))
  const ids = (await run([anOrder('a', () => finding), onlyLarge])).map((tests) => tests.map(({ signal }) => signal.id))
  expect(ids).toEqual([['a', 'b'], ['a']])
})

test('a group of which nobody is watched is not tested', async () => {
  expect(
    (await run([anOrder('a', () => finding)], [new Int32Array(), Int32Array.of(6, 7)])).map(({ length }) => length),
  ).toEqual([0, 1])
})

test('with a case, a night without a request of the group is none in which it was tested', async () => {
  const past = new Map([['a', [{ night: 1, p: 0.01, bits: 3, hasEffect: true, accounts: 4 }]]])
  const [active, silent] = await testOrder(
    groups,
    [anOrder('a', () => ({ ...finding, bits: 0, p: 1, hasEffect: false }))],
    {
      watch: { ...watch, groups: [groups[0]!, Int32Array.of(8, 9)] },
      events: { ...events, accounts: Int32Array.from(range(0, 10)) }, // 8 and 9 were asked for, and made no request
      hours: groups.map(() => new Map()),
    },
    (members) => setOf(incidence, [...members]),
    (members) => createRandom(`group ${members[0]}`),
    { history: () => past },
  )
  expect(active!.tests[0]).toMatchObject({ observed: 1.5 })
  expect(silent!.tests[0]).toMatchObject({ observed: 3, p: expect.closeTo(0.01, 12) })
  expect(silent!.tonight).toEqual([])
})

test('draws of one signal or group do not depend on the others', async () => {
  const drawn = async (signals: readonly string[]): Promise<Map<string, number[]>> => {
    const draws = new Map<string, number[]>()
    const drawing = (id: string): OrderSignal =>
      anOrder(id, (_, random) => {
        draws.set(id, [...(draws.get(id) ?? []), random.next()])
        return null
      })
    await run(signals.map(drawing))
    return draws
  }
  const both = await drawn(['a', 'b'])
  expect((await drawn(['b'])).get('b')).toEqual(both.get('b'))
  expect(new Set([...both.values()].flat()).size).toBe(4) // two signals on two groups
})
