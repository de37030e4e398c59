import { isPlaceholder } from '../placeholders.ts'
import { REJECT_REASONS, STAND_IN } from '../reject-reasons.ts'
import { parseInstant } from '../values/instant.ts'
import type { TranslateOptions, Translation } from './translator.ts'

/**
 * Whether the values make a record of the role: a log's needs an account and an instant, an edge's a request or an
 * account, an account's row an account. The engine asks the same of what it reads in place.
 */
export function checkRecord(values: Record<string, string | number>, options: TranslateOptions): Translation {
  const { role, mayJoin } = options
  const hasAccount = has(values, 'account_id')
  const hasRequest = has(values, 'request_id') || has(values, 'trace_id')
  if (role === 'edge') return hasRequest || hasAccount ? { values } : { rejected: REJECT_REASONS.noRequestId }
  if (!hasAccount && !(role === 'log' && mayJoin && hasRequest)) return { rejected: REJECT_REASONS.noAccount }
  if (role === 'accounts') return { values }
  if (!has(values, 'timestamp')) return { rejected: REJECT_REASONS.noTimestamp }
  return parseInstant(values.timestamp) === null ? { rejected: REJECT_REASONS.badTimestamp } : { values }
}

/** The account by another id where it has none of its own: first the payment system's, then the key's. */
export function standIn(values: Record<string, string | number>): void {
  if (has(values, 'account_id')) return
  for (const field of ['customer_id', 'api_key_id'] as const) {
    if (!has(values, field)) continue
    values.account_id = `${STAND_IN[field]}${values[field]}`
    return
  }
}

const has = (values: Record<string, string | number>, field: string): boolean => {
  const value = values[field]
  return value !== undefined && !isPlaceholder(String(value))
}
