import { lowerBound } from '../lower-bound.ts'
import type { AccountSet, Signal } from '../signal.ts'

/** Width of the window in which registrations are counted together, ms: three hours to either side. */
const WINDOW_MS = 6 * 3_600_000

/** Accounts created in bursts: many of the set within three hours of each other, few of everybody else. */
export const registrationBurst: Signal = {
  id: 'registration-burst',
  family: 'registration',
  title: 'Registered in bursts',
  why: 'Accounts made in bulk are made together.',
  statistic: 'mean over members of log2(share of members / share of strangers registered within three hours of it)',
  innocentCauses: ['a class, workshop or hackathon', 'a launch or campaign', 'an import of accounts'],
  role: 'pattern',
  fields: [],
  agreement: 0.6,
  isIdentifier: false,
  needs: ['created_at'],
  memberBits: burstBits,
  explain(set) {
    const bits = burstBits({ ...set, evaluated: set.members })
    const accounts = bits.reduce((count, each) => count + (each >= 2 ? 1 : 0), 0)
    const summary = `${accounts} of ${set.members.length} accounts were registered within three hours of other members, far more than of strangers`
    return { summary, values: [], accounts }
  },
}

function burstBits(set: AccountSet): Float64Array {
  const { createdAtMs } = set.tables.accounts
  const everybody = registrations(set.tables.accounts.createdAtMs)
  const inside = Float64Array.from(set.members, (member) => createdAtMs[member]!)
    .filter((at) => !Number.isNaN(at))
    .sort()
  return Float64Array.from(set.evaluated, (member) => {
    const at = createdAtMs[member]!
    if (Number.isNaN(at)) return 0
    const near = countWithin(inside, at) - 1
    if (near < 2) return 0
    const strangers = countWithin(everybody, at) - near - 1
    const share = (strangers + 0.5) / (everybody.length - inside.length + 1)
    return Math.max(0, Math.log2(near / Math.max(1, inside.length - 1) / share))
  })
}

const cache = new WeakMap<Float64Array, Float64Array>()

/** All known registration instants, sorted; computed once per scan. */
function registrations(createdAtMs: Float64Array): Float64Array {
  const known = cache.get(createdAtMs) ?? createdAtMs.filter((at) => !Number.isNaN(at)).sort()
  cache.set(createdAtMs, known)
  return known
}

/** How many of the sorted instants lie within half a window of `at`. */
const countWithin = (sorted: Float64Array, at: number): number =>
  lowerBound(sorted, at + WINDOW_MS / 2) - lowerBound(sorted, at - WINDOW_MS / 2)
