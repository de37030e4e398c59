import type { Change, GoneNetwork, Network, ScanResult } from '../model.ts'
import { firstFew, formatCount, formatDay, plural } from './table/words.ts'

/** Accounts and networks that are named. */
const FEW = 5
const FEW_GONE = 5

/**
 * What became of a network since the earlier report, in words without a full stop: `grown since 2026-06-01: 12 accounts added
 * (a, b, c, d, e and 7 more), 3 removed`.
 *
 * @param text makes a value from the log safe for the format
 */
export function changeWords({ change, severity }: Pick<Network, 'severity'> & ChangeOf, text: Safe): string {
  const since = change.since === null ? '' : ` since ${formatDay(change.since)}`
  const parts = [
    ...originWords(change),
    ...(change.status === 'quiet' ? ['no request since then'] : []),
    ...(change.status === 'new' ? [] : moveWords(change, text)),
    ...(change.earlierSeverity === null || change.earlierSeverity === severity
      ? []
      : [`severity was ${change.earlierSeverity}`]),
  ]
  return `${change.status}${since}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`
}

type Safe = (value: string) => string
interface ChangeOf {
  readonly change: Change
}

/** Ids that are of interest: a network that merely goes on has the id itself. */
function originWords({ status, from }: Change): string[] {
  const ids = from.length < 2 ? from.join('') : `${from.slice(0, -1).join(', ')} and ${from.at(-1)}`
  if (status === 'merged') return [`out of ${ids}`]
  return status === 'split' ? [`off ${ids}`] : []
}

function moveWords({ added, removed }: Change, text: Safe): string[] {
  const named = (ids: readonly string[]): string => `(${firstFew(ids.slice(0, FEW).map(text), ids.length, FEW)})`
  const both = added.length > 0
  return [
    ...(both ? [`${plural(added.length, 'account')} added ${named(added)}`] : []),
    ...(removed.length > 0
      ? [`${both ? formatCount(removed.length) : plural(removed.length, 'account')} removed ${named(removed)}`]
      : []),
  ]
}

/** Earlier networks that none of the report goes on with; `null` without any. */
export function goneWords({ goneNetworks }: Pick<ScanResult, 'goneNetworks'>): string | null {
  if (goneNetworks.length === 0) return null
  const each = ({ id, severity, accountCount, lastSeen }: GoneNetwork): string =>
    `${id} (${severity}, ${plural(accountCount, 'account')}, last seen ${formatDay(lastSeen)})`
  const named = firstFew(goneNetworks.slice(0, FEW_GONE).map(each), goneNetworks.length, FEW_GONE)
  return `${plural(goneNetworks.length, 'network')} of the earlier report ${goneNetworks.length === 1 ? 'is' : 'are'} not found again: ${named}`
}

/**
 * Why networks are not shown, where some of them have no news; `null` where none is left out for that.
 *
 * @param limits what is said of those that `--top` or `--min-severity` left out
 */
export function withoutNewsWords({ omitted }: Pick<ScanResult, 'omitted'>, limits: string): string | null {
  const { unchanged, networks } = omitted
  if (unchanged === 0) return null
  const others = networks - unchanged
  return `${formatCount(unchanged)} unchanged, quiet or smaller (left out by --since-last)${others > 0 ? `, ${formatCount(others)} ${limits}` : ''}`
}

/** Said where a report of news alone has none. */
export const noNewsWords = (least: string): string =>
  `No network of severity ${least}${least === 'critical' ? '' : ' or above'} is new, grown, merged or split.`
