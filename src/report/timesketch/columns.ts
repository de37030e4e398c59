import { shownClaim } from '../words.ts'
import type { TimelineEvent } from './events.ts'

export const COLUMNS = [
  'message',
  'datetime',
  'timestamp_desc',
  'network_id',
  'network_rank',
  'severity',
  'claim',
  'confidence',
  'score',
  'account_id',
  'cell',
  'requests',
  'output_tokens',
] as const

/** The cells of an event, one for each of {@link COLUMNS}; `null` for what the event does not have. */
export function rowOf({ network, member, ...event }: TimelineEvent): (string | number | null)[] {
  return [
    event.message,
    event.at,
    event.what,
    network.id,
    network.rank,
    network.severity,
    shownClaim(network),
    network.confidence,
    network.score,
    member?.accountId ?? null,
    member?.cell ?? null,
    event.requests,
    event.outputTokens,
  ]
}
