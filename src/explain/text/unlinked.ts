import type { Pen } from '../../report/table/pen.ts'
import type { UnlinkedExplanation } from '../explanation.ts'
import { caveatLines, groupLines, notTestableLines } from './common.ts'
import { fact, type Section, sentence } from './section.ts'

/** What is known of an account in no network. */
export function unlinkedSections(explanation: UnlinkedExplanation, pen: Pen): Section[] {
  const { isKnown, groups, tested, notTestable, caveats } = explanation
  const unknown =
    'This report has no index of its accounts: it cannot tell an account in no network from an id that is not in the logs.'
  const families = tested.map((family) => pen.text(family, 40)).join(', ')
  return [
    {
      title: '',
      lines: [
        ...sentence('It is in no network of this report.', pen),
        ...(isKnown === null ? sentence(unknown, pen) : []),
        ...groupLines(groups, pen),
        ...caveatLines(caveats, pen),
      ],
    },
    {
      title: 'What that rests on',
      lines: [...fact('tested', families === '' ? 'nothing' : families, pen), ...notTestableLines(notTestable, pen)],
    },
  ]
}
