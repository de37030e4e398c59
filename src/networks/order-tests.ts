import { type Checkpoint, mapWithCheckpoints, NO_CHECKPOINT } from '../checkpoint.ts'
import type { EventTable } from '../evidence/tables.ts'
import type { Random } from '../random.ts'
import { type GroupEvents, selectEvents } from '../signals/group-events.ts'
import type { Finding, OrderSignal } from '../signals/order-signal.ts'
import type { AccountSet } from '../signals/signal.ts'
import type { Watch } from '../signals/watch.ts'
import type { SignalTest } from './confirm.ts'
import { combineNights, type PastFinding } from './order-history.ts'
import { quietShare } from './quiet-hours.ts'

/** What the second reading brought, and whom it watched. */
export interface Watched {
  readonly watch: Watch
  readonly events: EventTable
  /** Hour since the Unix epoch → requests, by position of the group: of all nights, where the events are tonight's. */
  readonly hours: readonly ReadonlyMap<number, number>[]
}

/** What a group's requests, one by one, say of it. */
export interface OrderTests {
  /** A signal that cannot be tested on the group is left out. */
  readonly tests: readonly SignalTest[]
  /** What tonight alone said, by signal; for the nights to come. */
  readonly tonight: readonly { readonly signal: string; readonly finding: Finding }[]
  readonly quietShare: number | null
}

export interface OrderTestOptions {
  /** What earlier nights of a case found of a group, by signal. */
  readonly history?: ((members: Int32Array) => ReadonlyMap<string, readonly PastFinding[]>) | undefined
  readonly checkpoint?: Checkpoint
}

/**
 * Puts every test of order to every group.
 *
 * @param random a generator of its own for each group
 * @returns by position of the group
 */
export async function testOrder(
  groups: readonly Int32Array[],
  orderSignals: readonly OrderSignal[],
  { watch, events, hours }: Watched,
  view: (members: Int32Array, all: boolean) => AccountSet,
  randomOf: (members: Int32Array) => Random,
  { history, checkpoint = NO_CHECKPOINT }: OrderTestOptions = {},
): Promise<OrderTests[]> {
  const background = selectEvents(events, watch.strangers)
  const test = (members: Int32Array, i: number): OrderTests => {
    if (watch.groups[i]!.length === 0) return { tests: [], tonight: [], quietShare: null }
    const own = selectEvents(events, watch.groups[i]!)
    const random = randomOf(members)
    const set = view(members, true)
    const past = history?.(members)
    const isSilent = past !== undefined && own.count === 0 // with a case: nothing was seen of it tonight, for or against
    const found = orderSignals.map((signal) => {
      const input = { set, events: own, background, strangers: watch.strangers }
      return { signal, finding: isSilent ? null : signal.measure(input, random.fork(signal.id)) }
    })
    const tests = found.flatMap(({ signal, finding }) => {
      const combined = combineNights(finding, past?.get(signal.id) ?? [])
      return combined === null ? [] : [testOf(signal, combined, own)]
    })
    const tonight = found.flatMap(({ signal, finding }) => (finding === null ? [] : [{ signal: signal.id, finding }]))
    return { tests, tonight, quietShare: quietShare(hours[i]!) }
  }
  return mapWithCheckpoints(groups, test, checkpoint, { name: 'order of requests', sizeOf: ({ length }) => length })
}

function testOf(signal: OrderSignal, finding: Finding, events: GroupEvents): SignalTest {
  const coverage = Math.min(1, finding.accounts / Math.max(1, events.accounts.length))
  return { signal, observed: finding.bits, expected: 0, p: finding.p, coverage, finding, isConfirmed: false }
}
