import type { Preset } from '../preset.ts'

/** Stripe Dashboard customers CSV. Source: stripe/stripe-node, types/Charges.d.ts and PaymentMethods.d.ts@0128aa18; FGRibreau/stripe-schema@bcd862ef. */
export const stripeCustomersCsv: Preset = {
  id: 'stripe_customers_csv',
  title: 'Stripe Dashboard customers CSV',
  kind: 'account',
  detect: {
    all: ['id', 'Email', 'Card Fingerprint', 'Total Spend'],
    any: ['Created (UTC)'],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['userID (metadata)', 'user_id (metadata)', 'account_id (metadata)'],
    customer_id: ['id'],
    card_fingerprint: ['Card Fingerprint'],
    email: ['Email'],
    billing_address_hash: ['Card Address Line1'],
    billing_postal_code: ['Card Address Zip'],
    country: ['Card Address Country'],
    card_country: ['Card Issue Country'],
    card_funding: ['Card Funding'],
    billing_name_hash: ['Card Name'],
    created_at: ['Created (UTC)', 'Created'],
  },
}
