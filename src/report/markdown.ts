import type { ScanResult } from '../model.ts'
import { noNewsWords } from './change-words.ts'
import { createInline, type Inline } from './markdown/inline.ts'
import { byteLength, takeFitting } from './markdown/layout.ts'
import { renderNetwork } from './markdown/network.ts'
import { renderOverview } from './markdown/overview.ts'
import { renderSummary } from './markdown/summary.ts'
import type { Renderer, ReportStyle } from './renderer.ts'
import { formatCount, plural } from './table/words.ts'

/**
 * Bytes of the whole report. GitHub takes job summaries of up to 1 MiB a step ("Workflow commands for GitHub Actions", "Step
 * isolation and limits") and drops a larger one; other steps may have written into the same file.
 */
const MAX_BYTES = 960 * 1024
/** Bytes of the ranked table, so that a long one leaves room for the networks themselves. */
const MAX_TABLE_BYTES = 320 * 1024
const GAP = '\n\n'

/**
 * The report for a ticket or `$GITHUB_STEP_SUMMARY`, in GitHub Flavored Markdown: the ranked table, the first networks in
 * full, then coverage, intake and settings. At most 960 KiB of UTF-8; a line in bold says what was left out for it. What
 * came from a log can form neither Markdown nor HTML (`markdown/inline.ts`).
 */
export const renderMarkdown: Renderer = (result, style) => {
  const inline = createInline(style.unicode)
  const { networks } = result
  const head = networks.length === 0 ? nothingFound(result, style) : heading(result, style)
  const table = networks.length === 0 ? [] : [renderOverview(networks, inline, MAX_TABLE_BYTES)]
  const tail = renderSummary(result, style, inline)
  const budget = MAX_BYTES - byteLength([head, ...table, tail, cutNote(networks.length)].join(GAP)) - 2 * GAP.length
  const sections = describe(result, style, inline)
  const shown = takeFitting(sections, budget, GAP.length)
  const notes = [
    ...(shown.length < sections.length ? [cutNote(sections.length - shown.length)] : []),
    ...(sections.length < networks.length ? [restNote(networks.length - sections.length)] : []),
  ]
  return `${[head, ...table, ...shown, ...notes, tail].join(GAP)}\n`
}

const describe = ({ networks }: ScanResult, style: ReportStyle, inline: Inline): string[] =>
  networks.slice(0, style.details).map((network) => renderNetwork(network, inline, style.unicode))

function heading({ networks }: ScanResult, style: ReportStyle): string {
  const accounts = networks.reduce((sum, network) => sum + network.accountCount, 0)
  const least = style.minSeverity === 'low' ? '' : ` of severity ${style.minSeverity} or above`
  const count = plural(networks.length, 'suspected network')
  return [
    `# ${count}${least}, ${plural(accounts, 'account')}`,
    'Leads for a person to check, not verdicts. Score: bits of evidence left after the best innocent explanation.',
  ].join(GAP)
}

/** Silence would read as "clean": say what was looked at. */
function nothingFound({ coverage, omitted }: ScanResult, { minSeverity }: ReportStyle): string {
  const tested = coverage.filter((each) => each.tested).map((each) => each.family)
  const what = tested.length === 0 ? 'No evidence family could be tested.' : `Tested: ${tested.join(', ')}.`
  const none = omitted.unchanged > 0 ? noNewsWords(minSeverity) : `No network reaches severity ${minSeverity}`
  return [`# ${none.replace(/\.$/u, '')}`, what].join(GAP)
}

const cutNote = (count: number): string =>
  `**${plural(count, 'network')} not described here, to stay within the size of a job summary; the JSON report has all.**`

const restNote = (count: number): string =>
  `${formatCount(count)} further ${count === 1 ? 'network is' : 'networks are'} in the table alone; \`--details\` describes more, and the JSON report has all the evidence.`
