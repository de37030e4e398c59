import type { CaseSummary } from '../casefile/summary.ts'
import { safeText } from '../report/safe-text.ts'
import { labelled } from '../report/table/layout.ts'
import { formatCount, formatSpan, plural } from '../report/table/words.ts'
import { formatBytes } from './format-bytes.ts'

interface Style {
  readonly width: number
  readonly unicode: boolean
}

const COLUMN = 12

/** A case in a few lines. */
export function renderCaseSummary(summary: CaseSummary, { width, unicode }: Style): string {
  const { days, rows, networks } = summary
  const perMillion =
    summary.requests === 0 ? '' : `; ${formatBytes((summary.bytes / summary.requests) * 1e6)} per million requests`
  const facts: (readonly [string, string])[] = [
    ['Case', `${safeText(summary.path, { ascii: !unicode })}, layout ${summary.version}`],
    ['Size', `${formatBytes(summary.bytes)}${perMillion}`],
    ['Scans', `${formatCount(summary.scans)}, ${plural(summary.inputs.length, 'input')}`],
    ['Days', days === null ? 'none' : `${days.from} to ${days.to} UTC`],
    [
      'Holds',
      `${plural(summary.requests, 'request')} of ${plural(summary.accounts, 'account')}, as sums; the log is not kept`,
    ],
    ['Request ids', `${plural(rows.recent_id ?? 0, 'hash', 'hashes')} of the newest two days`],
    [
      'Networks',
      networks.length === 0 ? 'none in the latest scan' : `${formatCount(networks.length)} in the latest scan`,
    ],
  ]
  return `${facts.flatMap(([label, text]) => labelled(label, text, { indent: 0, column: COLUMN, width })).join('\n')}\n`
}

/** The inputs of a case, one or more lines each. */
export function renderCaseInputs({ inputs }: CaseSummary, { width, unicode }: Style): string {
  if (inputs.length === 0) return 'no input yet\n'
  const lines = inputs.flatMap(({ night, path, role, records, from, to, sha256 }) => {
    const name = safeText(path === '-' ? 'standard input' : path, { ascii: !unicode })
    const text = `${name} (${role}): ${plural(records, 'record')}; ${formatSpan(from, to)}; sha256 ${sha256.slice(0, 12)}`
    return labelled(`scan ${night}`, text, { indent: 0, column: COLUMN, width })
  })
  return `${lines.join('\n')}\n`
}
