import { wordingSignal } from './wording.ts'

/** Asks for the reasoning behind answers that are already finished: training data for a reasoning model. */
export const reasoningElicitation = wordingSignal({
  id: 'reasoning-elicitation',
  title: 'Reasoning behind finished answers',
  why: 'Whoever trains a model needs the reasoning behind an answer; whoever uses one needs the answer.',
  innocentCauses: ['a tutoring product that explains solutions', 'research on explanations', 'an evaluation suite'],
  verb: 'ask for the reasoning behind finished answers',
})
