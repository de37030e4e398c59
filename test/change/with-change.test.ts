import { describe, expect, test } from 'vitest'
import { withChange } from '../../src/change/with-change.ts'
import type { Change, Network } from '../../src/model.ts'
import { anEvidence } from '../helpers/results.ts'
import { aHistory, aScan, aValue, idOf, now, TO, UNTIL, was } from './networks.ts'

type Told = Pick<Change, 'status' | 'from'> & { readonly id: string; readonly added: string; readonly removed: string }

/** What a test is about, short. */
function told({ id, change }: Network): Told {
  const { status, from, added, removed } = change!
  return { id, status, from, added: added.join(''), removed: removed.join('') }
}

const compare = (networks: readonly Network[], earlier: Parameters<typeof aHistory>[0]) => {
  const result = withChange(aScan(networks), aHistory(earlier))
  return { networks: result.networks.map(told), gone: result.goneNetworks.map(({ id }) => id) }
}
const A = idOf('a')
const B = idOf('b')
const X = idOf('x')
const Y = idOf('y')

describe('a network is', () => {
  test('new: it has nothing in common with any', () => {
    expect(compare([now('x', 'efg', ['d9'])], [was('a', 'abc', ['d1'])])).toEqual({
      networks: [{ id: X, status: 'new', from: [], added: 'efg', removed: '' }],
      gone: [A],
    })
  })

  test('unchanged: the same accounts, under the id that they had', () => {
    expect(compare([now('x', 'abc')], [was('a', 'abc')])).toEqual({
      networks: [{ id: A, status: 'unchanged', from: [A], added: '', removed: '' }],
      gone: [],
    })
  })

  test('grown: accounts were added, whoever left', () => {
    expect(compare([now('x', 'abef')], [was('a', 'abc')]).networks).toEqual([
      { id: A, status: 'grown', from: [A], added: 'ef', removed: 'c' },
    ])
  })

  test('grown: every account was replaced, and the devices go on', () => {
    expect(compare([now('x', 'vwxyz', ['d1', 'd2'])], [was('a', 'abcd', ['d1', 'd2', 'd3'])])).toEqual({
      networks: [{ id: A, status: 'grown', from: [A], added: 'vwxyz', removed: 'abcd' }],
      gone: [],
    })
  })

  test('grown: nobody was added, and its severity rose', () => {
    const [network] = withChange(
      aScan([now('x', 'abc', [], { severity: 'critical' })]),
      aHistory([was('a', 'abc', [], { severity: 'medium' })]),
    ).networks
    expect(network!.change).toMatchObject({ status: 'grown', added: [], earlierSeverity: 'medium' })
  })

  test('unchanged: its severity fell', () => {
    const fallen = now('x', 'abc', [], { severity: 'low' })
    expect(compare([fallen], [was('a', 'abc')]).networks[0]!.status).toBe('unchanged')
  })

  test('shrunk: it only lost accounts', () => {
    expect(compare([now('x', 'ab')], [was('a', 'abc')]).networks).toEqual([
      { id: A, status: 'shrunk', from: [A], added: '', removed: 'c' },
    ])
  })

  test('merged: the one that more is left of keeps its id', () => {
    expect(compare([now('x', 'abcdevw')], [was('a', 'vw'), was('b', 'abcdef')])).toEqual({
      networks: [{ id: B, status: 'merged', from: [B, A], added: '', removed: 'f' }],
      gone: [],
    })
  })

  test('merged: of two with as much left the larger keeps its id', () => {
    expect(compare([now('x', 'abvw')], [was('a', 'ab'), was('b', 'vwyz')]).networks).toEqual([
      { id: B, status: 'merged', from: [B, A], added: '', removed: 'yz' },
    ])
  })

  test('split: the part that keeps most keeps the id', () => {
    expect(compare([now('x', 'abz'), now('y', 'cdef')], [was('a', 'abcdefg')])).toEqual({
      networks: [
        { id: X, status: 'split', from: [A], added: 'z', removed: '' },
        { id: A, status: 'shrunk', from: [A], added: '', removed: 'abg' },
      ],
      gone: [],
    })
  })

  test('quiet: it is still a network, and asked nothing since', () => {
    const quiet = now('x', 'abc', [], { lastSeen: UNTIL })
    expect(compare([quiet], [was('a', 'abc')]).networks[0]).toMatchObject({ id: A, status: 'quiet' })
    expect(compare([{ ...quiet, lastSeen: null }], [was('a', 'abcd')]).networks[0]).toMatchObject({
      status: 'quiet',
      removed: 'd',
    })
  })

  test('not quiet where nobody asked anything since', () => {
    const result = aScan([now('x', 'abc', [], { lastSeen: UNTIL })], { window: { from: null, to: UNTIL } })
    expect(withChange(result, aHistory([was('a', 'abc')])).networks[0]!.change!.status).toBe('unchanged')
  })
})

describe('who goes on with whom', () => {
  test('a sliver of one that lives on makes no split and no merger', () => {
    // x has one of five from a, y is a.
    expect(compare([now('x', 'avwyz'), now('y', 'bcde')], [was('a', 'abcde')]).networks).toEqual([
      { id: X, status: 'new', from: [], added: 'avwyz', removed: '' },
      { id: A, status: 'shrunk', from: [A], added: '', removed: 'a' },
    ])
  })

  test('less than half of an earlier one does not merge: it is gone, and who moved is added', () => {
    expect(compare([now('x', 'abcdv')], [was('a', 'abcd'), was('b', 'vwyz')])).toEqual({
      networks: [{ id: A, status: 'grown', from: [A], added: 'v', removed: '' }],
      gone: [B],
    })
  })

  test('who does not get the id it asked for first may get the next', () => {
    // y shares most with a, which x shares more with; b has nobody else.
    const earlier = [was('a', 'abcdefgh'), was('b', 'vw')]
    expect(compare([now('x', 'abcde'), now('y', 'fghvwmnopqrs')], earlier).networks).toEqual([
      { id: A, status: 'shrunk', from: [A], added: '', removed: 'fgh' },
      { id: B, status: 'grown', from: [B], added: 'fghmnopqrs', removed: '' },
    ])
  })

  test('a part that was split off may take in another network', () => {
    const earlier = [was('a', 'abcdefgh'), was('b', 'vw')]
    expect(compare([now('x', 'abcde'), now('y', 'fghvw')], earlier)).toEqual({
      networks: [
        { id: A, status: 'shrunk', from: [A], added: '', removed: 'fgh' },
        { id: Y, status: 'split', from: [A, B], added: '', removed: '' },
      ],
      gone: [],
    })
  })

  test('a value that many others hold carries no id', () => {
    const common = anEvidence({ values: [aValue('d1', 2)] }) // 4 inside, 2 outside
    expect(compare([now('x', 'xyz', [], { evidence: [common] })], [was('a', 'abc', ['d1'])]).gone).toEqual([A])
  })

  test('a value that two networks hold, now or then, carries none either', () => {
    const two = [now('x', 'xyz', ['d1']), now('y', 'uvw', ['d1'])]
    expect(compare(two, [was('a', 'abc', ['d1'])]).gone).toEqual([A])
    expect(compare([now('x', 'xyz', ['d1'])], [was('a', 'abc', ['d1']), was('b', 'def', ['d1'])]).gone).toHaveLength(2)
  })

  test('an id that was passed on does not stand for two', () => {
    // The eight members that named a are now in the smaller part, whose own id is therefore a again.
    const { networks } = compare([now('x', 'cdefg'), now('a', 'ab')], [was('a', 'abcdefg')])
    expect(networks.map(({ id, status }) => [id === A, status])).toEqual([
      [true, 'shrunk'],
      [false, 'split'],
    ])
    expect(networks[1]!.id).toMatch(/^[a-z2-7]{10}$/)
  })
})

test('gone networks are told as they were, the most severe first', () => {
  const earlier = [
    was('a', 'abc', [], { severity: 'low' }),
    was('b', 'de', [], { severity: 'critical' }),
    was('c', 'fghi', [], { severity: 'critical', lastSeen: null }),
  ]
  const { goneNetworks } = withChange(aScan([]), aHistory(earlier))
  expect(goneNetworks.map(({ id }) => id)).toEqual([idOf('c'), B, A])
  expect(goneNetworks[1]).toEqual({
    id: B,
    severity: 'critical',
    accountCount: 2,
    requests: 100,
    firstSeen: '2026-06-01T00:12:31.000Z',
    lastSeen: UNTIL,
  })
})

test('it is said since when, and what the history left out', () => {
  const history = aHistory([was('a', 'abc')], { omittedNetworks: 2 })
  const result = withChange(aScan([now('x', 'abc')], { notes: ['z'] }), history)
  expect(result.networks[0]!.change!.since).toBe(UNTIL)
  expect(result.notes).toEqual(['the earlier report leaves out 2 networks: what it left out looks new here', 'z'])
})

test('nothing but ids, changes, what is gone and notes is touched', () => {
  const before = aScan([now('x', 'abz'), now('y', 'cdef')])
  const after = withChange(before, aHistory([was('a', 'abcdefg')]))
  expect({
    ...after,
    networks: after.networks.map((each, i) => ({ ...each, id: before.networks[i]!.id, change: null })),
  }).toEqual(before)
  expect(before.window.to).toBe(TO)
})
