import type { Preset } from '../preset.ts'

/** Stripe Charge object. Source: stripe/stripe-node, types/Charges.d.ts and PaymentMethods.d.ts@0128aa18; FGRibreau/stripe-schema@bcd862ef. */
export const stripeCharge: Preset = {
  id: 'stripe_charge',
  title: 'Stripe Charge object',
  kind: 'payment',
  detect: {
    all: ['id', 'object', 'payment_method_details', 'created'],
    any: ['outcome', 'billing_details'],
    none: [],
    values: { object: '^charge$' },
  },
  time: [],
  fields: {
    account_id: ['metadata.user_id', 'metadata.account_id'],
    customer_id: ['customer'],
    card_fingerprint: ['payment_method_details.card.fingerprint'],
    card_bin: ['payment_method_details.card.iin'],
    payer_email: ['billing_details.email', 'receipt_email'],
    phone: ['billing_details.phone'],
    billing_address_hash: ['billing_details.address.line1'],
    billing_postal_code: ['billing_details.address.postal_code'],
    country: ['billing_details.address.country'],
    card_country: ['payment_method_details.card.country'],
    card_last4: ['payment_method_details.card.last4'],
    card_funding: ['payment_method_details.card.funding'],
    billing_name_hash: ['billing_details.name'],
    payment_outcome: ['status', 'failure_code'],
    payment_amount: ['amount'],
    payment_type: ['payment_method_details.type'],
    paid_at: ['created'],
  },
}
