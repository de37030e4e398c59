import { rateBySeverity } from './by-severity.ts'
import { campaignResult } from './campaigns.ts'
import { meet } from './encounter.ts'
import type { EvaluateOptions, Evaluation, ReportedNetworks } from './evaluation.ts'
import { innocentKinds } from './innocent-kinds.ts'
import type { Label } from './label.ts'
import { levelOf } from './rates.ts'
import { judgeNetworks } from './reported.ts'
import { readTruth } from './truth.ts'

/**
 * Holds a report against labels (definitions: docs/evaluate.md). Time is linear in accounts. The order of networks, of
 * their accounts and of the labels does not matter.
 *
 * @param result a scan's result, or as much of one as is needed; networks share no account
 * @param labels one for each account; accounts without one count as innocent
 */
export function evaluate(
  result: ReportedNetworks,
  labels: readonly Label[],
  options: Partial<EvaluateOptions> = {},
): Evaluation {
  const { minSeverity = 'low', minSize = 3, requests } = options
  const truth = readTruth(labels, minSize)
  const reported = judgeNetworks(result, truth, minSize)
  const encounters = truth.networks.map((campaign) => meet(campaign, reported))
  const bySeverity = rateBySeverity(reported, encounters)
  const least = levelOf(minSeverity)
  const [row, high] = [bySeverity[least]!, bySeverity[levelOf('high')]!]
  const forCampaigns = { minSeverity, ...(requests === undefined ? {} : { requests }) }
  return {
    options: { minSeverity, minSize },
    accounts: row.accounts,
    pairs: row.pairs,
    bySeverity,
    falseAlarms: { mostlyInnocent: high.mostlyInnocent, abuseAboveMedium: high.abuse.networks },
    campaigns: encounters.map((encounter) => campaignResult(encounter, forCampaigns)),
    smallerCampaigns: truth.smaller,
    innocentKinds: innocentKinds(reported, truth),
    unlabelled: reported.networks
      .filter(({ level }) => level >= least)
      .reduce((all, network) => all + network.unlabelledAccounts, 0),
  }
}
