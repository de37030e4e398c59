import type { ScanResult } from '../../model.ts'
import { formatCount } from '../table/words.ts'
import { html, type Markup, type Part } from './markup.ts'
import { MAX_ROWS, more, table } from './table.ts'

/** Groups that are listed and not ranked, with the reason. */
export function explainedTable({ explained }: ScanResult): Markup | null {
  if (explained.length === 0) return null
  const rows = explained
    .slice(0, MAX_ROWS)
    .map(({ explanation, accountCount }): readonly Part[] => [explanation, formatCount(accountCount)])
  const rest = explained.length - rows.length
  return html`${table('Groups that are accounted for: listed, not ranked', [{ title: 'Explanation' }, { title: 'Accounts', kind: 'number' }], rows)}${more(rest, 'group')}`
}

/** Lines of `--known` that hide nothing any more. */
export function expiredTable({ expiredDeclarations }: ScanResult): Markup | null {
  if (expiredDeclarations.length === 0) return null
  const rows = expiredDeclarations.map(({ path, lines, owner, expired, accounts, networks }): readonly Part[] => [
    `${path}:${lines.slice(0, 10).join(', ')}${lines.length > 10 ? ', …' : ''}`,
    owner,
    expired,
    formatCount(accounts),
    html`${networks.map((id, i) => html`${i === 0 ? null : ', '}<code>${id}</code>`)}`,
  ])
  return table(
    'Declarations that have ended, with accounts in networks',
    [
      { title: 'Lines' },
      { title: 'Owner' },
      { title: 'Ended', kind: 'plain' },
      { title: 'Accounts', kind: 'number' },
      { title: 'Networks' },
    ],
    rows,
  )
}
