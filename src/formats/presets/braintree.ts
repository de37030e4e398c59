import type { Preset } from '../preset.ts'

/** Braintree transaction. Source: Braintree SDK, transaction types. */
export const braintree: Preset = {
  id: 'braintree',
  title: 'Braintree transaction',
  kind: 'payment',
  detect: {
    all: ['id', 'creditCard', 'status'],
    any: ['creditCard.bin', 'creditCard.uniqueNumberIdentifier'],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['customer.id'],
    card_fingerprint: ['creditCard.uniqueNumberIdentifier'],
    card_bin: ['creditCard.bin'],
    card_expiry: ['creditCard.expirationDate'],
    payer_email: ['customer.email'],
    phone: ['customer.phone'],
    billing_address_hash: ['billing.streetAddress'],
    billing_postal_code: ['billing.postalCode'],
    country: ['billing.countryCodeAlpha2'],
    card_country: ['creditCard.countryOfIssuance'],
    card_last4: ['creditCard.last4'],
    card_funding: ['creditCard.prepaid'],
    billing_name_hash: ['creditCard.cardholderName'],
    payment_outcome: ['status'],
    payment_amount: ['amount'],
    paid_at: ['createdAt'],
  },
}
