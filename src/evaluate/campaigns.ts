import type { Encounter } from './encounter.ts'
import type { CampaignResult, EvaluateOptions } from './evaluation.ts'
import { levelOf, newLevels, orAbove } from './rates.ts'

/** What became of one labelled network. */
export function campaignResult(
  { campaign, parts }: Encounter,
  { minSeverity, requests }: Pick<EvaluateOptions, 'minSeverity' | 'requests'>,
): CampaignResult {
  const { network, class: label, kind, accounts } = campaign
  const found = newLevels()
  for (const part of parts) found[part.network.level]! += part.accounts
  const passing = parts.filter((part) => part.network.level >= levelOf(minSeverity))
  const main = passing[0]?.network
  const { low, medium, high, critical } = orAbove(found)
  const share = (count: number): number => count / accounts.length
  const recallBySeverity = { low: share(low), medium: share(medium), high: share(high), critical: share(critical) }
  return {
    network,
    class: label,
    kind,
    accounts: accounts.length,
    ...(requests === undefined ? {} : { requests: accounts.reduce((all, each) => all + (requests.get(each) ?? 0), 0) }),
    recall: recallBySeverity[minSeverity],
    recallBySeverity,
    fragments: passing.length,
    rank: main?.rank ?? null,
    severity: main?.severity ?? null,
  }
}
