/** When the log begins and ends, ms, as the requests of its accounts say. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
}

/** Share of the accounts at each end that may be strays: a device whose clock stands at 2001, a test record of 2039. */
const STRAY_SHARE = 0.001

/**
 * From the first request of the first account to the last request of the last, less the strays: one account in 1,000 at
 * each end, at least one, and never half of them. A single wrong clock would otherwise stretch the log over decades, in
 * which everybody stops early and nobody's days meet. Kept for each pair of columns, which must not change.
 *
 * @param firstAtMs first request of each account, NaN without one
 * @param lastAtMs last request of each account, NaN without one
 * @returns `fromMs` infinity and `toMs` minus infinity if nobody sent anything
 */
export function busyWindow(firstAtMs: Float64Array, lastAtMs: Float64Array): Window {
  const known = windows.get(firstAtMs)
  if (known?.lastAtMs === lastAtMs) return known.window
  const first = firstAtMs.filter((at) => !Number.isNaN(at)).sort()
  const last = lastAtMs.filter((at) => !Number.isNaN(at)).sort()
  const fromMs = first[straysOf(first.length)] ?? Number.POSITIVE_INFINITY
  const toMs = last[last.length - 1 - straysOf(last.length)] ?? Number.NEGATIVE_INFINITY
  const window = { fromMs, toMs }
  windows.set(firstAtMs, { lastAtMs, window })
  return window
}

const windows = new WeakMap<Float64Array, { readonly lastAtMs: Float64Array; readonly window: Window }>()

/** 0 of two or fewer, of which none can be told to be the stray. */
const straysOf = (count: number): number =>
  Math.max(0, Math.min(Math.max(1, Math.ceil(STRAY_SHARE * count)), Math.floor((count - 1) / 2)))
