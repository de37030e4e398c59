import { forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force'
import type { Member } from '../../model.ts'
import { safeText } from '../safe-text.ts'
import { formatCount, plural } from '../table/words.ts'
import { type Chart, still } from './svg.ts'

/** More than these nobody can read: the shared values that carry most bits over all members, and the members that hold most of those. */
const MAX_VALUES = 18
const MAX_ACCOUNTS = 48
/** Steps of the layout; after these nothing moves that an eye would see. */
const TICKS = 120
const WIDTH = 700
const HEIGHT = 420

interface Node {
  readonly id: string
  readonly name: string
  readonly isValue: boolean
  readonly size: number
  x?: number
  y?: number
}

interface Tie {
  readonly source: string
  readonly target: string
  readonly bits: number
}

/**
 * Members and the values that tie them together: circles for accounts, squares with names for values. `null` if no
 * member has a link. The layout is a simulation of forces (Fruchterman and Reingold 1991, in the form of d3-force: its
 * start is a fixed spiral and its jitter a fixed generator, so that the same network gives the same picture).
 */
export function linkGraph(members: readonly Member[]): Chart | null {
  const { nodes, ties, values, accounts } = choose(members)
  if (ties.length === 0) return null
  // In the data order of the document, which is total: the layout depends on it.
  forceSimulation(nodes)
    .force(
      'ties',
      forceLink<Node, { source: string; target: string }>(ties.map(({ source, target }) => ({ source, target })))
        .id(({ id }) => id)
        .distance(42),
    )
    .force('charge', forceManyBody().strength(-110))
    .force('x', forceX(0).strength(0.06))
    .force('y', forceY(0).strength(0.12))
    .stop()
    .tick(TICKS)
  return {
    width: WIDTH,
    height: HEIGHT,
    caption: 'Accounts (circles) and the values that tie them together (squares)',
    label: `${formatCount(accounts.shown)} of ${plural(accounts.all, 'account')} and ${formatCount(values.shown)} of ${plural(values.all, 'value')}, those that carry most bits; the list of accounts has the links in words.`,
    option: {
      series: [
        {
          ...still,
          type: 'graph',
          labelLayout: { hideOverlap: true },
          layout: 'none',
          preserveAspect: true,
          left: 60,
          right: 60,
          top: 20,
          bottom: 44,
          lineStyle: { color: 'var(--line-strong)', width: 1, opacity: 1 },
          data: nodes.map(drawn),
          links: ties.map(({ source, target }) => ({ source, target })),
        },
      ],
    },
  }
}

const drawn = ({ id, name, isValue, size, x, y }: Node) => ({
  id,
  name,
  x: Math.round(x! * 10) / 10,
  y: Math.round(y! * 10) / 10,
  symbol: isValue ? 'rect' : 'circle',
  symbolSize: size,
  itemStyle: { color: isValue ? 'var(--value)' : 'var(--network)' },
  label: {
    show: isValue,
    position: 'bottom',
    color: 'var(--ink)',
    fontSize: 10,
    textBorderColor: 'var(--paper)',
    textBorderWidth: 3,
  },
})

function choose(members: readonly Member[]) {
  const holders = new Map<string, { count: number; bits: number }>()
  for (const link of members.flatMap(({ links }) => links)) {
    const { count, bits } = holders.get(keyOf(link)) ?? { count: 0, bits: 0 }
    holders.set(keyOf(link), { count: count + 1, bits: bits + link.bits })
  }
  const values = [...holders]
    .filter(([, { count }]) => count > 1)
    .sort(([a, x], [b, y]) => y.bits - x.bits || y.count - x.count || (a < b ? -1 : 1))
    .slice(0, MAX_VALUES)
  const kept = new Set(values.map(([key]) => key))
  const tied = members
    .map((member) => ({ member, links: member.links.filter((link) => kept.has(keyOf(link))) }))
    .filter(({ links }) => links.length > 0)
  const accounts = tied.toSorted((a, b) => b.links.length - a.links.length).slice(0, MAX_ACCOUNTS)
  // Numbered, since two accounts may look alike once they are shortened.
  const idOf = new Map(values.map(([key], i) => [key, `v${i}`]))
  const nodes: Node[] = [
    ...values.map(([key, { count }]) => ({
      id: idOf.get(key)!,
      name: labelOf(key),
      isValue: true,
      size: 8 + 4 * Math.log2(count),
    })),
    ...accounts.map(({ member }, i) => ({ id: `a${i}`, name: member.accountId, isValue: false, size: 9 })),
  ]
  const ties: Tie[] = accounts.flatMap(({ links }, i) =>
    links.map((link) => ({ source: `a${i}`, target: idOf.get(keyOf(link))!, bits: link.bits })),
  )
  return {
    nodes,
    ties,
    values: { shown: values.length, all: holders.size },
    accounts: { shown: accounts.length, all: members.length },
  }
}

const keyOf = ({ field, value }: { readonly field: string; readonly value: string }): string => `${field}\0${value}`

function labelOf(key: string): string {
  const at = key.indexOf('\0')
  const short = (text: string): string => safeText(text, { maxLength: 22 })
  return `${short(key.slice(0, at))}\n${short(key.slice(at + 1))}`
}
