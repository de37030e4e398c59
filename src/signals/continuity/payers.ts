import type { AccountSet } from '../signal.ts'

/** Fields that name who pays; a BIN names only a bank. */
const PAYER_FIELDS = [
  'card_fingerprint',
  'card_composite',
  'payment_fingerprint',
  'payer_email',
  'billing_name_hash',
  'billing_address_hash',
]

/**
 * Whether two accounts pay by the same hand, as far as the log knows: work that moves between them may be their owner's
 * own move to another key.
 */
export function samePayer(set: AccountSet): (a: number, b: number) => boolean {
  const { tables } = set
  const fields = new Set(PAYER_FIELDS.map((name) => tables.fields.findIndex((field) => field.name === name)))
  const payersOf = (account: number): Int32Array =>
    set.valuesOf(account).filter((value) => fields.has(tables.values.field[value]!))
  const known = new Map<number, Int32Array>()
  const cached = (account: number): Int32Array => {
    const found = known.get(account) ?? payersOf(account)
    known.set(account, found)
    return found
  }
  return (a, b) => cached(a).some((value) => cached(b).includes(value))
}
