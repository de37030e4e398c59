import { sharedValueSignal } from '../shared-value.ts'

/** Mail addresses of one shape, from one rare domain, with one phone prefix. */
export const registrationPattern = sharedValueSignal({
  id: 'registration-pattern',
  family: 'registration',
  title: 'Patterned registrations',
  why: 'Generated mail addresses have one shape and few domains (Xiao, Freeman & Hwa 2015, pattern shares of a cluster).',
  innocentCauses: [
    'a company or university domain',
    'a naming convention',
    'a country with one dominant mail provider',
  ],
  role: 'pattern',
  fields: ['email_pattern', 'email_domain', 'phone_prefix'],
  agreement: 0.6,
  isIdentifier: false,
  noun: ['mail pattern, domain or phone prefix', 'mail patterns, domains or phone prefixes'],
})
