import { wordingSignal } from './wording.ts'

/** Uses the model as a judge of other answers: a reward model. */
export const rubricGrading = wordingSignal({
  id: 'rubric-grading',
  title: 'Grading by a rubric',
  why: 'Answers graded in bulk by a rubric, in a few tokens, are a reward model for another one.',
  innocentCauses: [
    'an evaluation suite or regression monitor',
    'a grading product for schools',
    'moderation of content',
  ],
  verb: 'have answers graded by a rubric',
})
