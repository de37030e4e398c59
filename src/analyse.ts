import type { Config } from './config.ts'
import type { Evidence, EvidenceEngine, GroupActivity } from './evidence/engine.ts'
import { type ConfirmedNetworks, confirmNetworks } from './networks/confirm-networks.ts'
import { type Proposal, proposeNetworks } from './networks/propose-networks.ts'
import type { Random } from './random.ts'
import type { Signal } from './signals/signal.ts'

/** What is known once the logs have been read and read again. */
export interface Analysis {
  readonly proposal: Proposal
  readonly confirmed: ConfirmedNetworks
  /** By group number, 0 for everybody in no group; `null` without a group: the log is not read again. */
  readonly activities: readonly GroupActivity[] | null
}

/** Everything between the evidence and the document: propose groups → read again what they did → confirm and rank. */
export async function analyse(
  evidence: Evidence,
  engine: Pick<EvidenceEngine, 'readActivity'>,
  signals: readonly Signal[],
  config: Config,
  random: Random,
  stage: (name: string) => void = () => {},
): Promise<Analysis> {
  stage('grouping')
  const proposal = proposeNetworks(evidence, signals, config)
  stage('activity')
  const { groups } = proposal
  const accounts = evidence.tables.accounts.count
  const activities =
    groups.length === 0 ? null : await engine.readActivity(groupOf(groups, accounts), groups.length + 1)
  stage('confirming')
  return { proposal, confirmed: confirmNetworks(evidence, proposal, signals, config, random), activities }
}

/** Account → number of its group from 1 on, 0 for none. */
function groupOf(groups: readonly Int32Array[], accounts: number): Int32Array {
  const numbers = new Int32Array(accounts)
  for (const [i, members] of groups.entries()) for (const account of members) numbers[account] = i + 1
  return numbers
}
