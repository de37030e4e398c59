import { wordingSignal } from './wording.ts'

/** Tells the model to pass for another product (advisory AA26-251A, 2026). Every reseller under its own name does too. */
export const identityInjection = wordingSignal({
  id: 'identity-injection',
  title: 'Model told to pass for another product',
  why: 'Traffic of another product that is passed on in silence has to hide whose model answers.',
  innocentCauses: ['a product that answers under its own name', 'a role play'],
  role: 'corroborator',
  verb: 'tell the model to pass for another product',
})
