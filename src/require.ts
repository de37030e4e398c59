import type { Collected } from './collect.ts'
import { ScanError } from './errors.ts'
import { NO_WINDOW, type Window } from './evidence/clickhouse/table.ts'
import type { Prepared } from './prepare.ts'
import { printable } from './sources/printable.ts'

/** @throws ScanError INPUT_EMPTY when there is nothing to read, or no file holds requests */
export function requireLog({ plans }: Pick<Prepared, 'plans'>, inputs: readonly string[]): void {
  if (plans.some(({ source, kind }) => source.role === 'log' && kind !== 'usage')) return
  const logs = plans.filter(({ view }) => view.source.role !== 'accounts') // named as logs, whatever they are
  if (logs.length === 0) throw nothingToRead(inputs)
  const what = logs.map(({ source, kind }) => `'${printable(source.name)}' holds ${KIND_WORDS[kind]}`)
  throw new ScanError(
    'INPUT_EMPTY',
    `no log of requests among the inputs: ${what.slice(0, 3).join(', ')}${what.length > 3 ? ', …' : ''}`,
    "Name one. If a file was misread, say what it is: --input-format FILE=ID (see 'distill-scan inspect FILE').",
  )
}

const KIND_WORDS = {
  request: 'requests',
  edge: 'what an edge saw of requests',
  auth: 'sign-ins and audit events',
  payment: 'payments',
  account: 'accounts',
  usage: 'sums over hours or days, which no scan can use',
} as const

const nothingToRead = (inputs: readonly string[]): ScanError =>
  new ScanError(
    'INPUT_EMPTY',
    inputs.length === 1 ? `'${printable(inputs[0]!)}' is empty` : 'all inputs are empty',
    'Check the export, or pass --allow-empty if an empty log is fine.',
  )

/**
 * @param asked of a table: the window that was asked for
 * @throws ScanError INPUT_EMPTY when not one record could be used
 */
export function requireAccounts({ evidence, ledgers }: Collected, asked?: { readonly window?: Window }): void {
  if (evidence.tables.accounts.count > 0) return
  const reasons = new Map<string, number>()
  for (const { rejects, unused } of ledgers) {
    for (const [reason, count] of [...rejects.reasons, ...unused])
      reasons.set(reason, (reasons.get(reason) ?? 0) + count)
  }
  const counts = [...reasons].sort(([, a], [, b]) => b - a).map(([reason, count]) => `${count} with ${reason}`)
  throw new ScanError(
    'INPUT_EMPTY',
    `no record could be used${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`,
    asked === undefined
      ? "See how the columns are read with 'distill-scan inspect FILE', and map them with --map."
      : `${windowWords(asked.window)}; see how the columns are read with 'distill-scan sql', and map them with --map.`,
  )
}

function windowWords({ sinceMs, untilMs }: Window = NO_WINDOW): string {
  const bounds = [
    ...(sinceMs === null ? [] : [`from ${new Date(sinceMs).toISOString()}`]),
    ...(untilMs === null ? [] : [`before ${new Date(untilMs).toISOString()}`]),
  ]
  return bounds.length === 0 ? 'The whole table was asked for' : `Only rows ${bounds.join(' and ')} were asked for`
}
