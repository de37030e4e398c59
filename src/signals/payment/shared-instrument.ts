import { sharedValueSignal } from '../shared-value.ts'

/** Accounts that pay with the same card, bank account or wallet. */
export const sharedInstrument = sharedValueSignal({
  id: 'shared-payment-instrument',
  family: 'payment',
  title: 'Same payment instrument',
  why: 'One card funding several accounts is the cheapest way to multiply credits and quotas.',
  innocentCauses: [
    'a company card used by colleagues',
    'a family card',
    'an agency or reseller that pays for customers',
  ],
  fields: ['card_fingerprint', 'payment_fingerprint', 'card_composite'],
  agreement: 0.9,
  isIdentifier: true,
  noun: ['payment instrument', 'payment instruments'],
})
