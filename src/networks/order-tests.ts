import type { EventTable } from '../evidence/tables.ts'
import type { Random } from '../random.ts'
import { type GroupEvents, selectEvents } from '../signals/group-events.ts'
import type { OrderSignal } from '../signals/order-signal.ts'
import type { AccountSet } from '../signals/signal.ts'
import type { Watch } from '../signals/watch.ts'
import type { SignalTest } from './confirm.ts'
import { quietShare } from './quiet-hours.ts'

/** What the second reading brought, and whom it watched. */
export interface Watched {
  readonly watch: Watch
  readonly events: EventTable
}

/** What a group's requests, one by one, say of it. */
export interface OrderTests {
  /** A signal that cannot be tested on the group is left out. */
  readonly tests: readonly SignalTest[]
  readonly quietShare: number | null
}

/**
 * Puts every test of order to every group.
 *
 * @param random a generator of its own for each group
 * @returns by position of the group
 */
export function testOrder(
  groups: readonly Int32Array[],
  orderSignals: readonly OrderSignal[],
  { watch, events }: Watched,
  view: (members: Int32Array, all: boolean) => AccountSet,
  randomOf: (members: Int32Array) => Random,
): OrderTests[] {
  const background = selectEvents(events, watch.strangers)
  return groups.map((members, i) => {
    if (watch.groups[i]!.length === 0) return { tests: [], quietShare: null }
    const own = selectEvents(events, watch.groups[i]!)
    const random = randomOf(members)
    const set = view(members, true)
    const tests = orderSignals.flatMap((signal) => measure(signal, set, own, background, watch, random.fork(signal.id)))
    return { tests, quietShare: quietShare(own) }
  })
}

function measure(
  signal: OrderSignal,
  set: AccountSet,
  events: GroupEvents,
  background: GroupEvents,
  { strangers }: Watch,
  random: Random,
): SignalTest[] {
  const finding = signal.measure({ set, events, background, strangers }, random)
  if (finding === null) return []
  const coverage = Math.min(1, finding.accounts / Math.max(1, events.accounts.length))
  return [{ signal, observed: finding.bits, expected: 0, p: finding.p, coverage, finding, isConfirmed: false }]
}
