import type { ScanResult } from '../model.ts'
import { noNewsWords } from './change-words.ts'
import type { Renderer, ReportStyle } from './renderer.ts'
import { wrap } from './table/layout.ts'
import { renderNetworkBlock } from './table/network-block.ts'
import { renderOverview } from './table/overview.ts'
import { createPen, type Pen } from './table/pen.ts'
import { renderSummary } from './table/summary.ts'
import { formatCount, plural } from './table/words.ts'

/** The report for a person at a terminal: the ranked table, the first networks in full, then what was read. */
export const renderTable: Renderer = (result, style) => {
  const pen = createPen(style)
  const { networks } = result
  const described = networks.slice(0, style.details)
  const parts = [
    networks.length === 0 ? nothingFound(result, style, pen) : heading(result, style, pen),
    ...(networks.length === 0 ? [] : [renderOverview(networks, pen)]),
    ...described.map((network) => renderNetworkBlock(network, pen)),
    ...(described.length < networks.length ? [restNote(networks.length - described.length, pen)] : []),
    renderSummary(result, style, pen),
  ]
  return `${parts.join('\n\n')}\n`
}

function heading({ networks }: ScanResult, style: ReportStyle, pen: Pen): string {
  const accounts = networks.reduce((sum, network) => sum + network.accountCount, 0)
  const least = style.minSeverity === 'low' ? '' : ` of severity ${style.minSeverity} or above`
  const count = `${formatCount(networks.length)} suspected ${networks.length === 1 ? 'network' : 'networks'}${least}`
  const caption =
    'Leads for a person to check, not verdicts. Score: bits of evidence left after the best innocent explanation.'
  const title = wrap(`${count}, ${plural(accounts, 'account')}`, pen.width).map((line) => pen.strong(line))
  return [...title, ...wrap(caption, pen.width).map((line) => pen.faint(line))].join('\n')
}

/** Silence would read as "clean": say what was looked at. */
function nothingFound(result: ScanResult, style: ReportStyle, pen: Pen): string {
  const tested = result.coverage.filter((each) => each.tested).map((each) => each.family)
  const what = tested.length === 0 ? 'No evidence family could be tested.' : `Tested: ${tested.join(', ')}.`
  const title =
    result.omitted.unchanged > 0 ? noNewsWords(style.minSeverity) : `No network reaches severity ${style.minSeverity}.`
  return [...wrap(title, pen.width).map((line) => pen.strong(line)), ...wrap(what, pen.width)].join('\n')
}

function restNote(count: number, pen: Pen): string {
  const note = `${plural(count, 'further network')} not described here; --format json has all the evidence.`
  return wrap(note, pen.width)
    .map((line) => pen.faint(line))
    .join('\n')
}
