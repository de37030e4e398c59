import { sharedValueSignal } from '../shared-value.ts'

/** The very same prompt, or the same reasoning signature, on several accounts. */
export const repeatedPrompt = sharedValueSignal({
  id: 'repeated-prompt',
  family: 'content',
  title: 'Same prompts on several accounts',
  why: 'Sampling one prompt many times, or failing over to another account, repeats it across accounts.',
  innocentCauses: ['a public benchmark', 'a tutorial prompt', 'a one-word prompt such as a greeting'],
  fields: ['prompt_hash', 'signature_hash'],
  agreement: 0.6,
  isIdentifier: true,
  noun: ['prompt or signature', 'prompts or signatures'],
})
