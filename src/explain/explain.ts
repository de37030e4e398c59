import { mayHold } from '../account-index.ts'
import type { Network } from '../model.ts'
import type { Caveats, DeclaredGroup, Explanation, NetworkExplanation, NetworkHead, Report } from './explanation.ts'
import { holdsFragile } from './fragile.ts'
import { explainLinks } from './links.ts'
import { negativeOf } from './negative.ts'
import { findNeighbours, removals } from './neighbours.ts'
import { waterfallOf } from './waterfall.ts'

/**
 * Explains an account or a network of a report. An account comes before a network of the same id. Nothing but the
 * document is read, so that the answer is the same from a saved report and from the logs it was made of.
 *
 * @returns `null` for an id that the report knows neither as a network nor as an account
 */
export function explain(report: Report, id: string): Explanation | null {
  const home = report.networks.find(({ members }) => members.some(({ accountId }) => accountId === id))
  if (home !== undefined) return explainMember(report, home, id)
  const groups = groupsOf(report, id)
  const isKnown = groups.length > 0 || (report.accountIndex ? mayHold(report.accountIndex, id) : null)
  const network = report.networks.find((each) => each.id === id)
  if (network !== undefined && isKnown !== true) return explainNetwork(report, network)
  if (isKnown === false) return null
  return {
    kind: 'unlinked',
    id,
    isKnown,
    groups,
    tested: report.coverage.filter(({ tested }) => tested).map(({ family }) => family),
    notTestable: report.coverage.filter(({ tested }) => !tested),
    caveats: caveatsOf(report),
  }
}

function explainMember(report: Report, network: Network, id: string): Explanation {
  const member = network.members.find(({ accountId }) => accountId === id)!
  const others = network.members.filter((each) => each !== member)
  const links = explainLinks(member, network)
  const sizes = cellSizes(network)
  const { cell: number, requests, outputTokens, firstSeen, lastSeen } = member
  return {
    kind: 'member',
    id,
    network: headOf(report, network),
    cell: { number, accounts: sizes.get(number)!, of: sizes.size },
    requests,
    outputTokens,
    firstSeen,
    lastSeen,
    links,
    neighbours: findNeighbours(member, links, others),
    waterfall: waterfallOf(network),
    clearing: {
      explanation: network.innocentExplanation,
      fragile: network.fragile,
      holdsFragile: holdsFragile(member, network),
      without: removals(links, others),
    },
    negative: negativeOf(report, network),
    groups: groupsOf(report, id),
    caveats: caveatsOf(report),
  }
}

function explainNetwork(report: Report, network: Network): NetworkExplanation {
  const { id, requests, outputTokens, firstSeen, lastSeen, hypotheses, hubs } = network
  return {
    kind: 'network',
    id,
    network: headOf(report, network),
    requests,
    outputTokens,
    firstSeen,
    lastSeen,
    cells: [...cellSizes(network)].sort(([a], [b]) => a - b).map(([, accounts]) => accounts),
    waterfall: waterfallOf(network),
    clearing: { explanation: network.innocentExplanation, fragile: network.fragile },
    hypotheses,
    confirmed: network.tests.filter(({ confirmed }) => confirmed),
    negative: negativeOf(report, network),
    hubs,
    caveats: caveatsOf(report),
  }
}

const headOf = ({ networks, omitted }: Report, network: Network): NetworkHead => {
  const { id, rank, severity, claim, confidence, score, falseDiscoveryRate = 0, accountCount } = network
  const of = networks.length + omitted.networks
  const review = network.review ?? null // absent from reports of earlier builds
  return { id, rank, of, severity, claim, confidence, score, falseDiscoveryRate, accountCount, review }
}

function cellSizes({ members }: Network): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const { cell } of members) sizes.set(cell, (sizes.get(cell) ?? 0) + 1)
  return sizes
}

const groupsOf = ({ explained }: Report, id: string): DeclaredGroup[] =>
  explained
    .filter(({ accounts }) => accounts.includes(id))
    .map(({ accountCount, explanation }) => ({ accountCount, explanation }))

const caveatsOf = ({ omitted, inputs }: Report): Caveats => ({
  omittedNetworks: omitted.networks,
  omittedAccounts: omitted.accounts,
  records: inputs.reduce((sum, { records }) => sum + records, 0),
  rejectedRecords: inputs.reduce((sum, { rejected }) => sum + rejected.count, 0),
})
