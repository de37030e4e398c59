import type { Evidence, EvidenceEngine, GroupActivity } from './evidence/engine.ts'
import type { AccountTable } from './evidence/tables.ts'
import { type AnalysisOptions, type ConfirmedNetworks, confirmNetworks } from './networks/confirm-networks.ts'
import type { Watched } from './networks/order-tests.ts'
import { type Proposal, proposeNetworks } from './networks/propose-networks.ts'
import { chooseWatched } from './signals/watch.ts'

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
  engine: Pick<EvidenceEngine, 'readActivity' | 'readEvents'>,
  options: AnalysisOptions,
  stage: (name: string) => void = () => {},
): Promise<Analysis> {
  const { detectors, config, review, checkpoint } = options
  stage('grouping')
  const proposal = await proposeNetworks(evidence, detectors.signals, config, review, checkpoint)
  stage('activity')
  const { groups, seeds } = proposal
  const { accounts } = evidence.tables
  const all = [...groups, ...seeds.groups]
  const activities = all.length === 0 ? null : await engine.readActivity(groupOf(all, accounts.count), all.length + 1)
  stage('confirming')
  const watching = groups.length === 0 ? null : await beginWatching(groups, accounts, activities!, engine)
  const confirmed = await confirmNetworks(evidence, proposal, watching?.watched ?? null, options)
  return { proposal, confirmed, activities }
}

/** Begins the second reading, and comes back once it goes on by itself: what is computed then would keep it from beginning. */
async function beginWatching(
  groups: readonly Int32Array[],
  accounts: AccountTable,
  activities: readonly GroupActivity[],
  engine: Pick<EvidenceEngine, 'readEvents'>,
): Promise<{ readonly watched: Promise<Watched> }> {
  const watch = chooseWatched(groups, accounts)
  const hours = groups.map((_, i) => activities[i + 1]!.hours)
  let onBegun = (): void => {}
  const begun = new Promise<void>((resolve) => {
    onBegun = resolve
  })
  const watched = engine.readEvents(watch.accounts, onBegun).then((events) => ({ watch, hours, events }))
  watched.catch(() => {}) // it is awaited where it is needed, unless what runs beside it fails first
  await Promise.race([begun, watched])
  return { watched }
}

/** Account → number of its group from 1 on, 0 for none. */
function groupOf(groups: readonly Int32Array[], accounts: number): Int32Array {
  const numbers = new Int32Array(accounts)
  for (const [i, members] of groups.entries()) for (const account of members) numbers[account] = i + 1
  return numbers
}
