import type { ScanResult } from '../model.ts'
import { plural } from './table/words.ts'

/** What is said of request ids that came more than once; nothing where none did, or no log has any. */
export function duplicateWords({ duplicates }: ScanResult): string[] {
  if (duplicates === null) return []
  const { requests, distinctRequestIds, isExact, removed } = duplicates
  if (removed > 0) return [`${plural(removed, 'record')} with a request id seen before left out (--dedupe)`]
  const repeated = requests - distinctRequestIds
  if (repeated <= 0) return []
  const about = isExact ? '' : 'about '
  return [`${about}${plural(repeated, 'record')} with a request id seen before; --dedupe counts each request once`]
}
