import type { Preset } from '../preset.ts'

/** Stripe PaymentMethod. Source: stripe/stripe-node, types/Charges.d.ts and PaymentMethods.d.ts@0128aa18; FGRibreau/stripe-schema@bcd862ef. */
export const stripePaymentMethod: Preset = {
  id: 'stripe_payment_method',
  title: 'Stripe PaymentMethod',
  kind: 'payment',
  detect: {
    all: ['id', 'object', 'card', 'customer'],
    any: [],
    none: [],
    values: { object: '^payment_method$' },
  },
  time: [],
  fields: {
    customer_id: ['customer'],
    card_fingerprint: ['card.fingerprint'],
    payer_email: ['billing_details.email'],
    phone: ['billing_details.phone'],
    billing_address_hash: ['billing_details.address.line1'],
    billing_postal_code: ['billing_details.address.postal_code'],
    country: ['billing_details.address.country'],
    card_country: ['card.country'],
    card_funding: ['card.funding'],
    card_last4: ['card.last4'],
    paid_at: ['created'],
  },
}
