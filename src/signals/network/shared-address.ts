import { sharedValueSignal } from '../shared-value.ts'

/** Accounts seen from the same address block. */
export const sharedAddress = sharedValueSignal({
  id: 'shared-address-block',
  family: 'network',
  title: 'Same address block',
  why: 'Accounts run from one place leave through the same few address blocks.',
  innocentCauses: ['a campus, office or carrier behind one address', 'a VPN', 'cloud egress of many customers'],
  fields: ['ip_block'],
  agreement: 0.5,
  isIdentifier: false,
  noun: ['address block', 'address blocks'],
})
