import type { CampaignResult, Evaluation, InnocentKindResult, SeverityRow } from '../evaluate/evaluation.ts'
import { SEVERITIES } from '../model.ts'
import { wrap } from '../report/table/layout.ts'
import { createPen, type Pen } from '../report/table/pen.ts'
import { formatCount, plural } from '../report/table/words.ts'
import { type Column, renderColumns } from './columns.ts'

export interface EvaluationStyle {
  readonly width: number
  readonly color: boolean
  readonly unicode: boolean
}

/** Rows of a table at a terminal; JSON has all. */
const MAX_ROWS = 30
/** Columns that the name of a network or kind may fill. */
const NAME_WIDTH = 22

/** The evaluation for a person at a terminal, newline-terminated. */
export function renderEvaluation(evaluation: Evaluation, style: EvaluationStyle): string {
  const pen = createPen({ ...style, minSeverity: 'low', top: null, details: 0 })
  const { campaigns, bySeverity } = evaluation
  const fraud = campaigns.filter((campaign) => campaign.class === 'fraud')
  const abuse = campaigns.filter((campaign) => campaign.class === 'abuse')
  const blocks = [
    headLines(evaluation, pen),
    [pen.strong('Accounts, from each severity on'), ...accountLines(bySeverity, pen)],
    [pen.strong('Pairs of accounts in one network'), ...pairLines(bySeverity, pen)],
    [pen.strong('True networks, and the share of each found'), ...campaignLines(fraud, pen)],
    ...(abuse.length === 0
      ? []
      : [[pen.strong('Abuse, one hand without extraction: not fraud'), ...campaignLines(abuse, pen)]]),
    [pen.strong('Innocent accounts reported (and networks that are mostly theirs)'), ...kindLines(evaluation, pen)],
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function headLines({ options, accounts, pairs, falseAlarms, smallerCampaigns }: Evaluation, pen: Pen): string[] {
  const { minSeverity, minSize } = options
  const figures = [accounts.precision, accounts.recall, accounts.f1, pairs.f1].map(share)
  const smaller = `${plural(smallerCampaigns, 'labelled network')} with fewer accounts ${smallerCampaigns === 1 ? 'is' : 'are'} not looked for.`
  return [
    `Networks of severity ${minSeverity} or above, ${plural(minSize, 'account')} or more.`,
    'Shares are cut, not rounded.',
    `Accounts: precision ${figures[0]}, recall ${figures[1]}, F1 ${figures[2]}. Pairs: F1 ${figures[3]}.`,
    `At high or above: ${plural(falseAlarms.mostlyInnocent, 'network')} mostly innocent, ${formatCount(falseAlarms.abuseAboveMedium)} mostly abuse.`,
    ...(smallerCampaigns === 0 ? [] : [smaller]),
  ].flatMap((line) => wrap(line, pen.width))
}

const left = (title: string): Column => ({ title, align: 'left' })
const right = (title: string): Column => ({ title, align: 'right' })
const RATES = ['Precision', 'Recall', 'F1'].map(right)

function accountLines(rows: readonly SeverityRow[], pen: Pen): string[] {
  const columns = [left('From'), ...['Networks', 'Innocent', 'Abuse', 'Accounts', 'Fraud'].map(right), ...RATES]
  const cells = rows.map(({ severity, networks, mostlyInnocent, abuse, accounts }) => [
    severity,
    ...[networks, mostlyInnocent, abuse.networks, accounts.reported, accounts.correct].map(formatCount),
    ...[accounts.precision, accounts.recall, accounts.f1].map(share),
  ])
  return renderColumns(columns, cells, pen)
}

function pairLines(rows: readonly SeverityRow[], pen: Pen): string[] {
  const columns = [left('From'), ...['Reported', 'Right', 'True'].map(right), ...RATES]
  const cells = rows.map(({ severity, pairs }) => [
    severity,
    ...[pairs.reported, pairs.correct, pairs.true].map(formatCount),
    ...[pairs.precision, pairs.recall, pairs.f1].map(share),
  ])
  return renderColumns(columns, cells, pen)
}

function campaignLines(campaigns: readonly CampaignResult[], pen: Pen): string[] {
  if (campaigns.length === 0) return ['  none in the labels']
  const columns = [left('Network'), ...['Accounts', ...SEVERITIES.map(titled), 'Pieces', 'Rank'].map(right)]
  const cells = campaigns
    .slice(0, MAX_ROWS)
    .map(({ network, accounts, recallBySeverity, fragments, rank }) => [
      pen.text(network, NAME_WIDTH),
      formatCount(accounts),
      ...SEVERITIES.map((severity) => share(recallBySeverity[severity])),
      formatCount(fragments),
      rank === null ? '-' : formatCount(rank),
    ])
  return [...renderColumns(columns, cells, pen), ...moreLines(campaigns.length)]
}

function kindLines({ innocentKinds }: Evaluation, pen: Pen): string[] {
  const name = (kind: string): string => (kind === '' ? '(no kind)' : pen.text(kind, NAME_WIDTH))
  const hit = innocentKinds.filter(({ reported }) => reported.low > 0)
  const spared = innocentKinds.filter(({ reported }) => reported.low === 0).map(({ kind }) => name(kind))
  const columns = [left('Kind'), ...['Accounts', ...SEVERITIES.map(titled)].map(right)]
  const cells = hit
    .slice(0, MAX_ROWS)
    .map((each) => [
      name(each.kind),
      formatCount(each.accounts),
      ...SEVERITIES.map((severity) => reportedOf(each, severity)),
    ])
  return [
    ...(hit.length === 0 ? [] : renderColumns(columns, cells, pen)),
    ...moreLines(hit.length),
    ...(spared.length === 0 ? [] : wrap(`none of: ${spared.join(', ')}`, pen.width - 2).map((line) => `  ${line}`)),
    ...(innocentKinds.length === 0 ? ['  none in the labels'] : []),
  ]
}

/** `18 (1)`: accounts reported, and networks that are mostly theirs. */
const reportedOf = ({ reported, networks }: InnocentKindResult, severity: keyof typeof reported): string =>
  reported[severity] === 0 ? '0' : `${formatCount(reported[severity])} (${formatCount(networks[severity])})`

const moreLines = (count: number): string[] =>
  count > MAX_ROWS ? [`  and ${formatCount(count - MAX_ROWS)} more; --format json has all`] : []

const titled = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** Three decimals, cut: 1.000 is all of them, and nothing less. A dash where there is nothing to divide by. */
const share = (value: number | null): string =>
  value === null ? '-' : (Math.floor(value * 1000 + 1e-9) / 1000).toFixed(3)
