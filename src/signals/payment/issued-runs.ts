import type { CardTable, EvidenceTables } from '../../evidence/tables.ts'
import { binomialTailBits } from '../binomial.ts'

/** Cards of one issuer range and expiry whose last digits stand close together, on different accounts. */
export interface IssuedRun {
  /** Account numbers, ascending. */
  readonly members: Int32Array
  readonly bin: string
  readonly expiry: string
  /** Distinct last digits in the run, and in its whole series. */
  readonly cards: number
  readonly seriesCards: number
  /** Numbers from the first to the last of the run, both counted, of 10,000. */
  readonly width: number
  /** Neighbours in the run at most 20 apart, how many as many cards of the series have by chance, and the excess in deviations. */
  readonly gaps: number
  readonly expected: number
  readonly z: number
  /** −log2 of the number of such runs expected in the whole log by chance; all windows tried are paid for. */
  readonly bits: number
}

/** Numbers that four digits can show. */
const NUMBERS = 10_000

/** Cards issued one after the other are about ten apart, for the last digit is a check digit (ISO/IEC 7812): 20 lets one be missing. */
const NEAR = 20

/** Widths of the windows. The narrowest holds a run without check digits, the widest 32 cards with them; longer runs are put together. */
const WIDTHS = [10, 20, 40, 80, 160, 320]

/** Accounts below which a run is none, and bits below which it may be chance: one log in a thousand has one by chance. */
const LEAST_RUN = 4
const LEAST_BITS = 10

const cache = new WeakMap<CardTable, readonly IssuedRun[]>()

/**
 * Runs of cards in the whole log, by (issuer range, expiry, first card): computed once per scan.
 *
 * A scan statistic (Naus 1965) in each series of n cards: for a window of width w that begins at a card,
 * n · P(Binomial(n − 1, w / 10,000) ≥ k − 1) bounds the chance that any such window holds k cards if last digits are
 * uniform. It is multiplied by the number of widths and of series tried (Bonferroni). k counts distinct numbers and
 * distinct accounts, whichever is less: neither one card on many accounts nor many cards of one account make a run. The
 * best windows that share no card are taken; neighbours no more than 20 apart are one run.
 */
export function issuedRuns({ cards }: Pick<EvidenceTables, 'cards'>): readonly IssuedRun[] {
  const known = cache.get(cards)
  if (known) return known
  const runs: IssuedRun[] = []
  for (let from = 0; from < cards.count; ) {
    let to = from
    while (to < cards.count && cards.series[to] === cards.series[from]) to++
    runs.push(...runsOf(cards, from, to))
    from = to
  }
  cache.set(cards, runs)
  return runs
}

/** A series: its distinct last digits, ascending, and the accounts of each. Positions from n on are those of the next round. */
interface Series {
  readonly digits: readonly number[]
  readonly accounts: readonly (readonly number[])[]
}

interface Window {
  readonly start: number
  /** One past the last, at most start + n. */
  readonly end: number
  readonly bits: number
}

function runsOf(cards: CardTable, from: number, to: number): IssuedRun[] {
  const digits: number[] = []
  const accounts: number[][] = []
  for (let row = from; row < to; row++) {
    if (digits.at(-1) === cards.last4[row]) accounts.at(-1)!.push(cards.account[row]!)
    else {
      digits.push(cards.last4[row]!)
      accounts.push([cards.account[row]!])
    }
  }
  if (digits.length < LEAST_RUN) return []
  const series = { digits, accounts }
  const windows = windowsOf(series, Math.log2(WIDTHS.length * cards.bins.length))
  const number = cards.series[from]!
  return joined(series, disjoint(windows, digits.length)).map((window) =>
    describe(series, window, cards.bins[number]!, cards.expiries[number]!),
  )
}

/** Windows that hold more cards than chance allows. Last digits go round: 0003 comes after 9998. */
function windowsOf(series: Series, paidBits: number): Window[] {
  const n = series.digits.length
  const found: Window[] = []
  for (const width of WIDTHS) {
    let end = 0
    for (let start = 0; start < n; start++) {
      end = Math.max(end, start + 1)
      while (end < start + n && placeOf(series, end) - placeOf(series, start) < width) end++
      if (end - start < LEAST_RUN) continue
      const k = Math.min(end - start, accountsIn(series, start, end).size)
      if (k < LEAST_RUN || k - 1 <= (2 * (n - 1) * width) / NUMBERS) continue
      const bits = binomialTailBits(n - 1, width / NUMBERS, k - 1) - Math.log2(n) - paidBits
      if (bits >= LEAST_BITS) found.push({ start, end, bits })
    }
  }
  return found
}

const placeOf = ({ digits }: Series, at: number): number =>
  digits[at % digits.length]! + (at >= digits.length ? NUMBERS : 0)

const accountsIn = ({ accounts }: Series, start: number, end: number): Set<number> => {
  const found = new Set<number>()
  for (let at = start; at < end; at++) for (const account of accounts[at % accounts.length]!) found.add(account)
  return found
}

/** The best windows first; one that shares a card with a better one is dropped. */
function disjoint(windows: readonly Window[], n: number): Window[] {
  const isTaken = new Uint8Array(n)
  const sorted = [...windows].sort((a, b) => b.bits - a.bits || a.start - b.start || a.end - b.end)
  const kept = sorted.filter(({ start, end }) => {
    for (let at = start; at < end; at++) if (isTaken[at % n] === 1) return false
    for (let at = start; at < end; at++) isTaken[at % n] = 1
    return true
  })
  return kept.sort((a, b) => a.start - b.start)
}

/** Windows with no card and at most 20 numbers between them are one run, also over 9999. */
function joined(series: Series, windows: readonly Window[]): Window[] {
  const n = series.digits.length
  const runs: Window[] = []
  for (const window of windows) {
    const last = runs.at(-1)
    if (last && isNext(series, last.end, window.start)) runs[runs.length - 1] = { ...last, ...united(last, window) }
    else runs.push(window)
  }
  const [first, last] = [runs[0], runs.at(-1)]
  if (first && last && first !== last && isNext(series, last.end, first.start + n)) {
    const across = { ...last, ...united(last, { ...first, end: first.end + n }) }
    return [...runs.slice(1, -1), across]
  }
  return runs
}

const united = (a: Window, b: Window): Pick<Window, 'end' | 'bits'> => ({ end: b.end, bits: Math.max(a.bits, b.bits) })

/** Whether the window that begins at `start` follows at once on one that ends before `end`. */
const isNext = (series: Series, end: number, start: number): boolean =>
  end === start && placeOf(series, start) - placeOf(series, end - 1) <= NEAR

function describe(series: Series, { start, end, bits }: Window, bin: string, expiry: string): IssuedRun {
  const seriesCards = series.digits.length
  const cards = end - start
  let gaps = 0
  for (let at = start + 1; at < end; at++) if (placeOf(series, at) - placeOf(series, at - 1) <= NEAR) gaps++
  const expected = (cards - 1) * (1 - (1 - NEAR / NUMBERS) ** (seriesCards - 1))
  return {
    members: Int32Array.from(accountsIn(series, start, end)).sort(),
    bin,
    expiry,
    cards,
    seriesCards,
    width: placeOf(series, end - 1) - placeOf(series, start) + 1,
    gaps,
    expected,
    z: (gaps - expected) / Math.sqrt(expected),
    bits,
  }
}
