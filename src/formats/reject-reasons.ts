/** Reasons for which a record is rejected, in the order in which they are tried. */
export const REJECT_REASONS = {
  unparsable: 'not JSON, or no known field',
  noAccount: 'no account id',
  noRequestId: 'no request id',
  noTimestamp: 'no timestamp',
  badTimestamp: 'unreadable timestamp',
  cardNumber: 'a full card number',
} as const

/** Reasons for which a record that was read becomes no request. */
export const UNUSED_REASONS = {
  notRequest: 'not a model request',
  usage: 'sums, not requests',
} as const

/** What an account is called that is only known by another id, in front of that id. Other files may say whose it is. */
export const STAND_IN = { customer_id: 'customer_id=', api_key_id: 'api_key_id=' } as const
