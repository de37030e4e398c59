import { sharedValueSignal } from '../shared-value.ts'

/** Cards of one issuer range over-represented: virtual cards come from few ranges. */
export const binConcentration = sharedValueSignal({
  id: 'card-bin-concentration',
  family: 'payment',
  title: 'Cards from one issuer range',
  why: 'Virtual cards bought in bulk come from a handful of issuer ranges.',
  innocentCauses: [
    'a region served by one prepaid issuer',
    'a popular virtual-card product',
    'a company with one bank',
  ],
  role: 'pattern',
  fields: ['card_bin', 'billing_postal_code'],
  agreement: 0.5,
  isIdentifier: false,
  noun: ['issuer range or postal code', 'issuer ranges or postal codes'],
})
