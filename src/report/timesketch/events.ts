import type { Member, Network } from '../../model.ts'
import { formatBits, plural } from '../table/words.ts'
import { assessmentWords } from '../words.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** What `timestamp_desc` says, in the order of events of one instant. */
const KINDS = [
  'Network first activity',
  'Requests of the day',
  'Account first seen',
  'Account last seen',
  'Network last activity',
] as const

/** One line of the timeline. */
export interface TimelineEvent {
  /** Instant with milliseconds. */
  readonly at: string
  readonly what: (typeof KINDS)[number]
  readonly message: string
  readonly network: Network
  /** `null` for an event of the network as a whole. */
  readonly member: Member | null
  /** Of the day, the account or the network, by `what`. */
  readonly requests: number
  /** `null` for a day. */
  readonly outputTokens: number | null
}

/** All events that have a time, by time, then by network, kind and account. */
export const eventsOf = (networks: readonly Network[]): TimelineEvent[] =>
  networks
    .flatMap((network) => [...networkEvents(network), ...dayEvents(network), ...memberEvents(network)])
    .sort(inOrder)

function networkEvents(network: Network): TimelineEvent[] {
  const { firstSeen, lastSeen, requests, outputTokens } = network
  const about = `${plural(network.accountCount, 'account')}, ${assessmentWords(network)}; ${formatBits(network.score)} bits, severity ${network.severity}`
  const common = { network, member: null, requests, outputTokens }
  return [
    ...at(firstSeen, { ...common, what: 'Network first activity', message: `Network ${network.id} begins: ${about}` }),
    ...at(lastSeen, {
      ...common,
      what: 'Network last activity',
      message: `Network ${network.id} was last seen: ${about}`,
    }),
  ]
}

function memberEvents(network: Network): TimelineEvent[] {
  return network.members.flatMap((member) => {
    const { accountId, requests, outputTokens } = member
    const common = { network, member, requests, outputTokens }
    const message = (what: string): string => `Account ${accountId} of network ${network.id} ${what}`
    return [
      ...at(member.firstSeen, { ...common, what: 'Account first seen', message: message('appears') }),
      ...at(member.lastSeen, { ...common, what: 'Account last seen', message: message('was last seen') }),
    ]
  })
}

/** Requests by UTC day, at its first hour in the log; a day without any is left out. */
function dayEvents(network: Network): TimelineEvent[] {
  const { from, hourly } = network.activity
  if (from === null) return []
  const start = Date.parse(from)
  const days = new Map<number, number>()
  hourly.forEach((requests, hour) => {
    const day = Math.floor((start + hour * HOUR_MS) / DAY_MS)
    days.set(day, (days.get(day) ?? 0) + requests)
  })
  return [...days]
    .filter(([, requests]) => requests > 0)
    .flatMap(([day, requests]) => {
      const instant = new Date(Math.max(day * DAY_MS, start)).toISOString()
      const message = `Network ${network.id}: ${plural(requests, 'request')} on ${instant.slice(0, 10)}`
      return at(instant, { what: 'Requests of the day', message, network, member: null, requests, outputTokens: null })
    })
}

/** No event without an instant. */
const at = (instant: string | null, event: Omit<TimelineEvent, 'at'>): TimelineEvent[] =>
  instant === null ? [] : [{ at: instant, ...event }]

const inOrder = (a: TimelineEvent, b: TimelineEvent): number =>
  byCodeUnit(a.at, b.at) ||
  byCodeUnit(a.network.id, b.network.id) ||
  KINDS.indexOf(a.what) - KINDS.indexOf(b.what) ||
  byCodeUnit(a.member?.accountId ?? '', b.member?.accountId ?? '')

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
