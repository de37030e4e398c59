import { clockResolutionMs, type GroupEvents, rowsByMember } from '../group-events.ts'

/** Sessions of a group, by member, then by start. */
export interface Sessions {
  readonly count: number
  /** Position in `GroupEvents.accounts`. */
  readonly member: Int32Array
  readonly startMs: Float64Array
  /** Last request, >= start. */
  readonly endMs: Float64Array
  /** Sessions of member m are `from[m]` to `from[m + 1] - 1`. */
  readonly from: Int32Array
  /** Whether the log names its sessions; otherwise they are guessed from pauses. */
  readonly areDeclared: boolean
  /** Instants are exact to this many ms. */
  readonly resolutionMs: number
}

/** Pauses that end a session where the log names none, ms: the first of which members have enough sessions. */
const PAUSES_MS = [600_000, 60_000, 0]
const ENOUGH_PER_MEMBER = 10

/** Share of requests that must carry a session id for ids to be believed. */
const DECLARED_SHARE = 0.9

/**
 * Sessions by their id, or by pauses of ten minutes; where accounts hardly pause, of a minute; where not even that,
 * every request is one. A guess makes accounts look better rotated than they are (idle rank 0.50 → 0.61 in
 * simulation), so a test on guessed sessions needs a null that keeps each account's own sessions.
 */
export function sessionsOf(events: GroupEvents): Sessions {
  const named = events.session.reduce((count, each) => count + (each >= 0 ? 1 : 0), 0)
  const areDeclared = events.count > 0 && named >= DECLARED_SHARE * events.count
  const resolutionMs = clockResolutionMs(events)
  if (areDeclared) return { ...collect(events, 'ids'), areDeclared, resolutionMs }
  const enough = ENOUGH_PER_MEMBER * events.accounts.length
  let sessions = collect(events, PAUSES_MS[0]!)
  for (const pauseMs of PAUSES_MS.slice(1)) {
    if (sessions.count >= Math.min(enough, events.count / 10)) break
    sessions = collect(events, pauseMs)
  }
  return { ...sessions, areDeclared, resolutionMs }
}

type Found = Omit<Sessions, 'areDeclared' | 'resolutionMs'>

function collect(events: GroupEvents, rule: 'ids' | number): Found {
  const { from: first, row } = rowsByMember(events)
  const members: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  const from = new Int32Array(events.accounts.length + 1)
  for (let member = 0; member < events.accounts.length; member++) {
    const own = row.subarray(first[member]!, first[member + 1]!)
    const open = new Map<number, number>()
    let last = Number.NEGATIVE_INFINITY
    for (const each of own) {
      const atMs = events.atMs[each]!
      const key = rule === 'ids' ? events.session[each]! : 0
      const known = open.get(key)
      const goesOn = known !== undefined && (rule === 'ids' || atMs - last <= rule)
      last = atMs
      if (goesOn) ends[known] = atMs
      else {
        open.set(key, starts.length)
        members.push(member)
        starts.push(atMs)
        ends.push(atMs)
      }
    }
    from[member + 1] = starts.length
  }
  return {
    count: starts.length,
    member: Int32Array.from(members),
    startMs: Float64Array.from(starts),
    endMs: Float64Array.from(ends),
    from,
  }
}
