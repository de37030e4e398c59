import type { Preset } from '../preset.ts'

/** Stripe Sigma charges. Source: stripe/stripe-node, types/Charges.d.ts and PaymentMethods.d.ts@0128aa18; FGRibreau/stripe-schema@bcd862ef. */
export const stripeSigmaCharges: Preset = {
  id: 'stripe_sigma_charges',
  title: 'Stripe Sigma charges',
  kind: 'payment',
  detect: {
    all: ['id', 'customer_id', 'card_fingerprint', 'outcome_risk_level'],
    any: ['card_iin', 'card_funding'],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    customer_id: ['customer_id'],
    card_fingerprint: ['card_fingerprint'],
    card_bin: ['card_iin'],
    payer_email: ['receipt_email'],
    billing_address_hash: ['card_address_line1'],
    billing_postal_code: ['card_address_zip'],
    country: ['card_address_country'],
    card_country: ['card_country'],
    card_last4: ['card_last4'],
    card_funding: ['card_funding'],
    billing_name_hash: ['card_name'],
    payment_outcome: ['status', 'failure_code'],
    payment_amount: ['amount'],
    paid_at: ['created'],
  },
}
