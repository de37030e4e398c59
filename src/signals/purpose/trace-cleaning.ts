import { wordingSignal } from './wording.ts'

/** Has transcripts rewritten into one form: the step before training on them. */
export const traceCleaning = wordingSignal({
  id: 'trace-cleaning',
  title: 'Transcripts cleaned',
  why: 'Transcripts rewritten at full length, one after the other, are a training set being prepared.',
  innocentCauses: ['a product that tidies up meeting or call transcripts', 'removal of personal data from transcripts'],
  verb: 'have transcripts cleaned or rewritten',
})
