import { sharedValueSignal } from '../shared-value.ts'

/** Accounts billed to the same name, address or payer. */
export const sharedBilling = sharedValueSignal({
  id: 'shared-billing-details',
  family: 'payment',
  title: 'Same billing details',
  why: 'Cards are replaced more easily than the name and address they are issued to.',
  innocentCauses: ['colleagues billed to one office', 'a household', 'a common name at a virtual-card issuer'],
  fields: ['payer_email', 'billing_name_hash', 'billing_address_hash'],
  agreement: 0.7,
  isIdentifier: false, // names are common, and an address can be a whole office building
  noun: ['billing detail', 'billing details'],
})
