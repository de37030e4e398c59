import type { ReportStyle } from '../report/renderer.ts'
import { wrap } from '../report/table/layout.ts'
import { createPen, type Pen } from '../report/table/pen.ts'
import type { Explanation } from './explanation.ts'
import { memberSections } from './text/member.ts'
import { networkSections } from './text/network.ts'
import { fill, type Section } from './text/section.ts'
import { unlinkedSections } from './text/unlinked.ts'

/** Characters of an id that are shown in headings. */
const MAX_ID = 100

const noLimits = { minSeverity: 'low', top: null, details: 0 } as const

/** The explanation for a person at a terminal, newline-terminated. */
export function renderExplanation(
  explanation: Explanation,
  style: Pick<ReportStyle, 'width' | 'color' | 'unicode'>,
): string {
  const pen = createPen({ ...style, ...noLimits })
  const title = wrap(pen.text(explanation.id, MAX_ID), pen.width).map((line) => pen.strong(line))
  const [opening, ...sections] = sectionsOf(explanation, pen).filter(({ lines }) => lines.length > 0)
  const blocks = [[...title, ...(opening?.lines ?? [])], ...sections.map((section) => fill(section, pen))]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** The first section stands below the id. */
function sectionsOf(explanation: Explanation, pen: Pen): Section[] {
  switch (explanation.kind) {
    case 'member':
      return memberSections(explanation, pen)
    case 'network':
      return networkSections(explanation, pen)
    case 'unlinked':
      return unlinkedSections(explanation, pen)
  }
}
