import { escapeJson } from '../report/safe-text.ts'
import type { Explanation } from './explanation.ts'

/** The explanation as one JSON text, two spaces of indent, with nothing raw that a terminal would obey. */
export const renderExplanationJson = (explanation: Explanation): string =>
  `${escapeJson(JSON.stringify(explanation, null, 2))}\n`
