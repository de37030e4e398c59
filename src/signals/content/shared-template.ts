import { sharedValueSignal } from '../shared-value.ts'

/** Accounts that send the same system prompt or tool schema. */
export const sharedTemplate = sharedValueSignal({
  id: 'shared-prompt-template',
  family: 'content',
  title: 'Same prompt template',
  why: 'A private template on accounts of strangers means that one program drives them.',
  innocentCauses: ['a public agent framework', "a vendor's product", 'a class or tutorial', 'a company-internal tool'],
  fields: ['system_prompt_hash', 'template_id', 'tools_hash'],
  agreement: 0.6,
  isIdentifier: false,
  noun: ['template or tool schema', 'templates or tool schemas'],
})
