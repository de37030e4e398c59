import type { Member, Network } from '../model.ts'
import { csvCell } from './csv/cell.ts'
import type { Renderer } from './renderer.ts'
import { shownClaim } from './words.ts'

type Cell = string | number | null

/** Account → `cleared`, `confirmed` or `declared`. */
type Known = ReadonlyMap<string, string>

interface Column {
  readonly name: string
  /** @param known what people know of the accounts of the network */
  cell(member: Member, network: Network, known: Known): Cell
}

/** Links shown of each account, strongest first. */
const LINKS = 3

const linkColumns: readonly Column[] = Array.from({ length: LINKS }, (_, i): readonly Column[] => [
  { name: `link_${i + 1}_field`, cell: (member) => member.links[i]?.field ?? null },
  { name: `link_${i + 1}_value`, cell: (member) => member.links[i]?.value ?? null },
  { name: `link_${i + 1}_bits`, cell: (member) => member.links[i]?.bits ?? null },
]).flat()

/**
 * Names and values are those of the JSON document, in snake case. But for the claim where none is made: a row stands alone,
 * and nothing more is said of its accounts than that they are linked.
 */
const columns: readonly Column[] = [
  { name: 'account_id', cell: (member) => member.accountId },
  { name: 'network_id', cell: (_, network) => network.id },
  { name: 'rank', cell: (_, network) => network.rank },
  { name: 'severity', cell: (_, network) => network.severity },
  { name: 'claim', cell: (_, network) => shownClaim(network) },
  { name: 'confidence', cell: (_, network) => network.confidence },
  { name: 'score', cell: (_, network) => network.score },
  { name: 'change', cell: (_, network) => network.change?.status ?? null },
  { name: 'review', cell: (member, _, known) => known.get(member.accountId) ?? null },
  { name: 'cell', cell: (member) => member.cell },
  { name: 'requests', cell: (member) => member.requests },
  { name: 'output_tokens', cell: (member) => member.outputTokens },
  { name: 'first_seen', cell: (member) => member.firstSeen },
  { name: 'last_seen', cell: (member) => member.lastSeen },
  ...linkColumns,
  { name: 'innocent_explanation', cell: (_, network) => network.innocentExplanation.name },
  { name: 'would_be_confirmed_by', cell: (_, network) => network.innocentExplanation.wouldBeConfirmedBy },
]

/** Whoever acts on a row must see what is known of it; the later entries win. */
function knownOf({ review }: Network): Known {
  if (!review) return new Map()
  const each = (ids: readonly string[], word: string) => ids.map((id) => [id, word] as const)
  const declared = review.declared.flatMap(({ accounts }) => each(accounts, 'declared'))
  return new Map([...declared, ...each(review.confirmed, 'confirmed'), ...each(review.cleared, 'cleared')])
}

/**
 * One row per account of each network, networks by rank, accounts in the document's order; for a spreadsheet or a queue of
 * reviews. The header is always there. Rows end in a line feed, not in the CRLF of RFC 4180, section 2, rule 1: `cut` and
 * `comm` would keep the carriage return in the last cell, and spreadsheets read both.
 */
export const renderCsv: Renderer = ({ networks }) => {
  const rows = networks.flatMap((network) => {
    const known = knownOf(network)
    return network.members.map((member) => columns.map((column) => csvCell(column.cell(member, network, known))))
  })
  return [columns.map((column) => column.name), ...rows].map((cells) => `${cells.join(',')}\n`).join('')
}
