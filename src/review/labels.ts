import { isDay } from './day.ts'
import { type Decision, VERDICTS, type Verdict } from './decision.ts'
import { type NamedText, type Problem, placeOf } from './place.ts'
import { requireNone } from './problems.ts'
import { readTable, type TableRecord, type TableShape } from './table.ts'

const HINT = `Labels of reviews are CSV with a header: account_id,label,date,reason; label is ${VERDICTS.join(' or ')}, date (YYYY-MM-DD) and reason are optional.`

const shape: TableShape = {
  columns: ['account_id', 'label', 'date', 'reason'],
  required: ['account_id', 'label'],
  mistaken: (header) => {
    if (header.includes('label')) return null
    if (header.includes('network') || header.includes('class'))
      return 'holds the truth about a log, which is for: distill-scan evaluate REPORT --labels FILE'
    return header.includes('owner') || header.includes('expires') ? 'holds declarations, which are for --known' : null
  },
}

/**
 * Reads the files of `--labels`: what earlier reviews said, one account a line. Of lines that say the same of one account
 * the one with the latest day counts.
 *
 * @throws ScanError CONFIG_INVALID with every line that is wrong, never its content: a header that does not fit, a
 *   record with more or fewer fields, without account, with another label or day, and a label against an earlier line
 */
export function parseDecisions(files: readonly NamedText[]): Decision[] {
  const tables = files.map((file) => readTable(file, shape))
  const problems: Problem[] = tables.flatMap((table) => table.problems)
  const decisions = new Map<string, { readonly decision: Decision; readonly first: TableRecord }>()
  for (const record of tables.flatMap(({ records }) => records)) {
    const wrong = problemsOf(record)
    const decision = decisionOf(record)
    const known = wrong.length > 0 ? undefined : decisions.get(decision.accountId)
    if (known && known.decision.verdict !== decision.verdict)
      wrong.push(`is ${decision.verdict}, which ${placeOf(known.first)} contradicts: keep one of the two`)
    if (wrong.length > 0) problems.push({ name: record.name, line: record.line, what: wrong.join(' and ') })
    else {
      const date = latest(known?.decision.date ?? null, decision.date)
      decisions.set(decision.accountId, { decision: { ...decision, date }, first: known?.first ?? record })
    }
  }
  requireNone(problems, '--labels', HINT)
  return [...decisions.values()].map(({ decision }) => decision)
}

const decisionOf = ({ cell }: TableRecord): Decision => ({
  accountId: cell('account_id'),
  verdict: cell('label').toLowerCase() as Verdict,
  date: cell('date') === '' ? null : cell('date'),
})

function problemsOf({ cell }: TableRecord): string[] {
  return [
    ...(cell('account_id') === '' ? ['has no account_id'] : []),
    ...(VERDICTS.some((verdict) => verdict === cell('label').toLowerCase())
      ? []
      : [`has a label that is not ${VERDICTS.join(' or ')}`]),
    ...(cell('date') === '' || isDay(cell('date')) ? [] : ['has a date that is no YYYY-MM-DD']),
  ]
}

const latest = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a)
