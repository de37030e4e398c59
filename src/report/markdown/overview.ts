import type { Network } from '../../model.ts'
import { formatBits, formatCount, formatDay, plural } from '../table/words.ts'
import { byWeight } from './evidence.ts'
import type { Inline } from './inline.ts'
import { tableHead, tableRow, takeFitting } from './layout.ts'

const TITLES = [
  ...['#', 'Network', 'Severity', 'Score', 'Confidence', 'Accounts', 'Requests', 'Output tokens'],
  ...['First seen', 'Last seen', 'Strongest reason'],
]
const NUMBERS = ['#', 'Score', 'Accounts', 'Requests', 'Output tokens']

/** The ranked table, in at most `budget` bytes; the line below it says what did not fit. */
export function renderOverview(networks: readonly Network[], inline: Inline, budget: number): string {
  const rows = networks.map((network) => tableRow(cellsOf(network, inline)))
  const shown = takeFitting(rows, budget, 1)
  const table = [tableHead(TITLES, NUMBERS), ...shown].join('\n')
  if (shown.length === rows.length) return table
  const left = plural(rows.length - shown.length, 'further network')
  return `${table}\n\n**${left} left out of this table to keep the report short; the JSON report has all.**`
}

function cellsOf(network: Network, inline: Inline): string[] {
  const [strongest] = byWeight(network.evidence)
  return [
    String(network.rank),
    inline.code(network.id, 16),
    network.severity,
    formatBits(network.score),
    network.confidence,
    formatCount(network.accountCount),
    formatCount(network.requests),
    formatCount(network.outputTokens),
    formatDay(network.firstSeen),
    formatDay(network.lastSeen),
    strongest === undefined ? '' : inline.prose(strongest.summary, 160),
  ]
}
