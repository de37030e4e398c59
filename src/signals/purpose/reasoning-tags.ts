import { wordingSignal } from './wording.ts'

/** Demands that the reasoning be written out between tags, where the hidden one is not to be had. */
export const reasoningTags = wordingSignal({
  id: 'reasoning-tags',
  title: 'Reasoning demanded between tags',
  why: 'A fixed demand for reasoning between tags in every request turns answers into training records.',
  innocentCauses: ['a public framework that parses reasoning from tags', 'a prompting guide that many follow'],
  verb: 'demand reasoning between tags',
})
