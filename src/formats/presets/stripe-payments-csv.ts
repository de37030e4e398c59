import type { Preset } from '../preset.ts'

/** Stripe Dashboard payments CSV. Source: stripe/stripe-node, types/Charges.d.ts and PaymentMethods.d.ts@0128aa18; FGRibreau/stripe-schema@bcd862ef. */
export const stripePaymentsCsv: Preset = {
  id: 'stripe_payments_csv',
  title: 'Stripe Dashboard payments CSV',
  kind: 'payment',
  detect: {
    all: ['id', 'Amount', 'Currency', 'Card Fingerprint', 'Card Last4'],
    any: ['Created (UTC)', 'Created'],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['userID (metadata)', 'user_id (metadata)', 'account_id (metadata)'],
    customer_id: ['Customer ID'],
    card_fingerprint: ['Card Fingerprint'],
    payer_email: ['Customer Email'],
    billing_address_hash: ['Card Address Line1'],
    billing_postal_code: ['Card Address Zip'],
    country: ['Card Address Country'],
    card_country: ['Card Issue Country'],
    card_last4: ['Card Last4'],
    billing_name_hash: ['Card Name'],
    card_funding: ['Card Funding'],
    payment_outcome: ['Status'],
    payment_amount: ['Amount'],
    paid_at: ['Created (UTC)', 'Created'],
  },
}
