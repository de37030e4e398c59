import Table from 'cli-table3'
import type { Evidence, Network } from '../../model.ts'
import { clip, wrap } from './layout.ts'
import type { Pen } from './pen.ts'
import { formatBits, formatCount, formatDay } from './words.ts'

interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
  cell(network: Network): string
}

const columns: readonly Column[] = [
  { title: '#', align: 'right', cell: (network) => String(network.rank) },
  { title: 'Severity', align: 'left', cell: (network) => network.severity },
  { title: 'Score', align: 'right', cell: (network) => formatBits(network.score) },
  { title: 'Accounts', align: 'right', cell: (network) => formatCount(network.accountCount) },
  { title: 'Requests', align: 'right', cell: (network) => formatCount(network.requests) },
  { title: 'Output tokens', align: 'right', cell: (network) => formatCount(network.outputTokens) },
  { title: 'First seen', align: 'left', cell: (network) => formatDay(network.firstSeen) },
  { title: 'Last seen', align: 'left', cell: (network) => formatDay(network.lastSeen) },
]

/** Blanks between columns: one of padding and the one that cli-table3 counts on between spanned cells. */
const GAP = 2
const PADDING = 1
const REASONS = 3
const REASON_LINES = 3
/** Columns that the reasons need beside the figures; with less they go below. */
const MIN_BESIDE = 40

/** The ranked networks, one or a few lines each: figures first, then the strongest reasons in words. */
export function renderOverview(networks: readonly Network[], pen: Pen): string {
  const layout = planLayout(networks, pen.width)
  const rule: Table.Cell[] = [{ content: pen.faint(pen.rule.repeat(pen.width)), colSpan: layout.widths.length + 1 }]
  const bodies = networks.map((network) => ({ network, reasons: reasonLines(network, layout, pen) }))
  // The table library measures characters in its own way and cuts what it finds too long. The last column is made so
  // wide that it never does; the blanks behind are taken off again.
  const longest = bodies
    .flatMap(({ reasons }) => reasons)
    .reduce((most, line) => Math.max(most, line.length), pen.width)
  const table = new Table({
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': PADDING },
    colWidths: [...layout.widths, 2 * longest],
  })
  table.push(headerRow(layout, pen), rule, ...bodies.flatMap((body) => rowsOf(body, layout, pen)), rule)
  return table.toString().replace(/[ \t]+$/gmu, '')
}

interface Layout {
  readonly shown: readonly Column[]
  /** Columns that do not fit and are told in words instead. */
  readonly dropped: readonly Column[]
  /** Of the shown columns, padding included. */
  readonly widths: readonly number[]
  readonly isBeside: boolean
  /** Columns that the reasons may fill, beside the figures or below. */
  readonly reasonWidth: number
}

/** What fits the width: figures that do not are told in words with the reasons, from the right. */
function planLayout(networks: readonly Network[], width: number): Layout {
  const needed = columns.map((column) =>
    networks.reduce((widest, network) => Math.max(widest, column.cell(network).length), column.title.length),
  )
  let count = columns.length
  const taken = (): number => needed.slice(0, count).reduce((sum, each) => sum + each + GAP, -GAP)
  while (count > 4 && taken() > width) count--
  const left = width - taken() - GAP
  const isBeside = count === columns.length && left >= MIN_BESIDE
  return {
    shown: columns.slice(0, count),
    dropped: columns.slice(count),
    widths: needed.slice(0, count).map((each) => each + PADDING),
    isBeside,
    reasonWidth: isBeside ? left : width - indentOf(needed[0] ?? 1),
  }
}

/** Reasons below stand under the second column. */
const indentOf = (rankWidth: number): number => rankWidth + GAP

function reasonLines(network: Network, { dropped, reasonWidth }: Layout, pen: Pen): string[] {
  const inWords = dropped.map((column) => `${column.title.toLowerCase()} ${column.cell(network)}`)
  const text = [...inWords, ...strongestReasons(network.evidence, pen)].join(pen.bullet)
  return clip(wrap(text, reasonWidth), REASON_LINES, pen.ellipsis)
}

/** No borders: cells are parted by blanks. The one blank of `middle` is what spanning cells count on. */
const borderless = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '',
  'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ' ',
} // biome-ignore format: one thought

function headerRow(layout: Layout, pen: Pen): Table.Cell[] {
  const cells: Table.Cell[] = layout.shown.map((column) => ({
    content: pen.strong(column.title),
    hAlign: column.align,
  }))
  return layout.isBeside ? [...cells, pen.strong('Strongest reasons')] : cells
}

interface Body {
  readonly network: Network
  readonly reasons: readonly string[]
}

function rowsOf({ network, reasons }: Body, layout: Layout, pen: Pen): Table.Cell[][] {
  const figures: Table.Cell[] = layout.shown.map((column) => {
    const content = column.cell(network)
    const isSeverity = column.title === 'Severity'
    return { content: isSeverity ? pen.severity(network.severity, content) : content, hAlign: column.align }
  })
  if (layout.isBeside) return [[...figures, reasons.join('\n')]]
  const indent = ' '.repeat(indentOf((layout.widths[0] ?? 0) - PADDING))
  const below = reasons.map((line) => indent + line).join('\n')
  return [figures, [{ content: below, colSpan: layout.widths.length + 1 }]]
}

/** The summaries that count most, without their full stops; what does not count is a reason only if nothing does. */
function strongestReasons(evidence: readonly Evidence[], pen: Pen): string[] {
  const ordered = evidence.toSorted((a, b) => b.countedBits - a.countedBits || b.bits - a.bits)
  const counted = ordered.filter((each) => each.countedBits > 0)
  return (counted.length > 0 ? counted : ordered)
    .slice(0, REASONS)
    .map((each) => pen.text(each.summary, 160).replace(/\.$/u, ''))
}
