import { sharedValueSignal } from '../shared-value.ts'

/** Accounts seen from one rare network (autonomous system), whatever the address. */
export const networkConcentration = sharedValueSignal({
  id: 'network-concentration',
  family: 'network',
  title: 'Same rare network',
  why: 'Exits bought in bulk come from few networks, even when no two addresses are alike.',
  innocentCauses: ['the customers of one carrier', 'a university or company network', 'cloud egress'],
  role: 'pattern',
  fields: ['asn'],
  agreement: 0.5,
  isIdentifier: false,
  noun: ['network', 'networks'],
})
