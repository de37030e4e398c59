import { wordingSignal } from './wording.ts'

/** Tries to get hidden reasoning word for word. */
export const traceExtraction = wordingSignal({
  id: 'trace-extraction',
  title: 'Hidden reasoning asked for word for word',
  why: 'Hidden reasoning is of use only to whoever wants to imitate the model, and asking for it takes tricks.',
  innocentCauses: ['security research on prompts', 'a widely shared trick that people try out'],
  isRare: true, // one request is enough: nobody words a thing like that by accident
  verb: 'ask for hidden reasoning or instructions word for word',
})
