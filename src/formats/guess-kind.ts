import type { Matches } from './match-columns.ts'
import type { Kind } from './preset.ts'

/** What only a service's own log of requests holds. */
const CONTENT = [
  'model',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'capability',
  'stop_reason',
  'system_prompt',
  'system_prompt_hash',
  'template_id',
  'tools_hash',
  'user_prompt',
  'prompt_hash',
  'signature_hash',
]
const NETWORK = ['ip', 'asn', 'user_agent', 'tls_fingerprint', 'device_fingerprint', 'client_headers']
/** A charge has them, a request with a card in it has not. */
const CHARGE = ['payment_amount', 'payment_outcome', 'payment_type', 'paid_at']
const PAYMENT = [
  'card_fingerprint',
  'card_bin',
  'card_last4',
  'payment_fingerprint',
  'billing_postal_code',
  'payer_email',
]
const REGISTRATION = ['email', 'email_domain', 'phone', 'referral_code', 'display_name', 'plan', 'account_status']

/** Times that may be an account's or a charge's as well as a request's. */
const AMBIGUOUS_TIMES: ReadonlySet<string> = new Set(['created', 'createdat', 'date'])

/**
 * What the records of a file without a preset are, told by the fields that its columns fill (matched as those of a log).
 * When in doubt a log of requests, which says what it lacks.
 */
export function guessKind(matches: Matches): Kind {
  const has = (fields: readonly string[]): boolean => fields.some((field) => matches.has(field))
  const hasAccount = has(['account_id', 'customer_id', 'account_fingerprint'])
  const hasOwnTime = (matches.get('timestamp') ?? []).some(({ folded }) => !AMBIGUOUS_TIMES.has(folded))
  if (has(CONTENT)) return 'request'
  if (has(CHARGE) && has([...PAYMENT, 'customer_id', 'account_id'])) return 'payment'
  if (matches.has('request_id') && has(NETWORK) && hasOwnTime) return 'edge'
  if (!hasOwnTime && has(PAYMENT)) return 'payment'
  if (!hasOwnTime && has(REGISTRATION)) return 'account'
  if (hasAccount) return matches.has('timestamp') ? 'request' : 'account'
  return matches.has('request_id') && has(NETWORK) ? 'edge' : 'request'
}
