import { sharedValueSignal } from '../shared-value.ts'

/** An unusual client stack: TLS fingerprint, header set, user agent. */
export const sharedClient = sharedValueSignal({
  id: 'shared-client-stack',
  family: 'client',
  title: 'Same unusual client stack',
  why: 'Accounts served by one relay or one script show the same client build.',
  innocentCauses: ['a popular SDK or agent framework', "customers of one vendor's product", 'one company image'],
  fields: ['tls_fingerprint', 'client_headers', 'user_agent'],
  agreement: 0.7,
  isIdentifier: false,
  noun: ['client stack', 'client stacks'],
})
