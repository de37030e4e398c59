/**
 * Timestamps as exports write them. The engine's twin is `evidence/duckdb/canonical-instant.ts`; a test holds both equal.
 */

/** Epoch milliseconds; or, for a stamp without a zone, its text as `YYYY-MM-DD HH:MM:SS.mmm`. */
export type Instant = { readonly ms: number } | { readonly local: string }

/** Epoch milliseconds between which an instant is plausible: 1973-03-03 to 2100-01-01. */
const MIN_MS = 1e11
const MAX_MS = 4_102_444_800_000

/** .NET ticks (100 ns since year 1) and Windows FILETIME (100 ns since 1601), 1990 to 2050; no other unit reaches there. */
const TICKS = { from: 6.27e17, to: 6.47e17, offsetMs: 62_135_596_800_000 }
const FILETIME = { from: 1.22e17, to: 1.43e17, offsetMs: 11_644_473_600_000 }
/** Days since 1899-12-30, as a table program writes them: 2005 to 2045. */
const EXCEL = { from: 38_353, to: 52_963, offsetDays: 25_569 }

const DAY_MS = 86_400_000

/**
 * The instant that a value stands for. Numbers are told apart by size: seconds, milliseconds, microseconds, nanoseconds,
 * .NET ticks, FILETIME, days of a table program. Text: ISO 8601 in its usual variants, and what databases, clouds and
 * server logs make of it.
 *
 * @returns `null` for what is no instant between 1973 and 2100; fractions below a millisecond are cut
 */
export function parseInstant(raw: unknown): Instant | null {
  if (typeof raw === 'number') return fromNumber(raw)
  if (typeof raw === 'bigint') return fromDigits(String(raw))
  if (typeof raw !== 'string') return null
  const text = raw.trim()
  if (text.length < 5 || text.length > 64) return null
  if (/^\d+$/.test(text)) return fromDigits(text)
  if (/^\d+(?:\.\d*)?(?:e\+?\d+)?$/i.test(text)) return fromNumber(Number(text))
  return fromText(text)
}

function fromDigits(text: string): Instant | null {
  return fromCalendarDigits(text) ?? fromNumber(Number(text), text)
}

/** `20260301100000` and `20260301`, if they are a date. */
function fromCalendarDigits(text: string): Instant | null {
  if (!/^20\d{6}(?:\d{6})?$/.test(text)) return null
  const part = (from: number, to: number): number => Number(text.slice(from, to) || 0)
  return local([part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14)], '')
}

function fromNumber(n: number, digits = ''): Instant | null {
  if (!Number.isFinite(n)) return null
  if (n >= EXCEL.from && n <= EXCEL.to) return plausible(Math.round((n - EXCEL.offsetDays) * DAY_MS))
  if (n < 1e8) return null
  for (const { from, to, offsetMs } of [TICKS, FILETIME]) {
    if (n >= from && n <= to) return plausible(wholeMs(n, digits, 4) - offsetMs)
  }
  if (n < 1e11) return plausible(Math.floor(n * 1000))
  if (n < 1e14) return plausible(Math.floor(n))
  if (n < 1e17) return plausible(wholeMs(n, digits, 3))
  return n < 9.2e18 ? plausible(wholeMs(n, digits, 6)) : null
}

/** Without the last digits, which a double could not hold: the text is cut before it becomes a number. */
const wholeMs = (n: number, digits: string, cut: number): number =>
  digits === '' ? Math.floor(n / 10 ** cut) : Number(digits.slice(0, -cut))

const plausible = (ms: number): Instant | null => (ms >= MIN_MS && ms <= MAX_MS ? { ms } : null)

/** Year, month, day, hour, minute, second. */
type Fields = readonly [number, number, number, number, number, number]

const TIME = '(?<h>\\d{1,2}):(?<mi>\\d{2})(?::(?<s>\\d{2}))?(?:[.,](?<f>\\d{1,12}))?'
/** An abbreviation may follow an offset, and what Go prints of its monotonic clock. */
const ZONE = '\\s*(?:(?<z>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)(?:\\s+[A-Z]{3,4})?(?:\\s+m=[+-][\\d.]+)?)?'

/**
 * Forms of a stamp, tried in order on text in any case. The engine's are made of them: only what RE2 and JavaScript read
 * alike, and group names as in {@link STAMP_PARTS}.
 */
export const STAMP_FORMS: readonly string[] = [
  `^(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})(?:[T ]\\s*${TIME}${ZONE})?$`,
  '^(?<y>\\d{4})(?<m>\\d{2})(?<d>\\d{2})T(?<h>\\d{2})(?<mi>\\d{2})(?<s>\\d{2})?(?:[.,](?<f>\\d{1,12}))?(?<z>Z|[+-]\\d{2}(?::?\\d{2})?)?$',
  `^(?<m>\\d{1,2})/(?<d>\\d{1,2})/(?<y>\\d{4}|\\d{2}),?\\s+${TIME}(?:\\s*(?<ap>[AP]M))?${ZONE}$`,
  `^(?<d>\\d{1,2})[.](?<m>\\d{1,2})[.](?<y>\\d{4})(?:,?\\s+${TIME}${ZONE})?$`,
  `^(?<d>\\d{1,2})/(?<mon>[a-z]{3})/(?<y>\\d{4}):${TIME}${ZONE}$`,
  `^(?:[a-z]{3,9},?\\s+)?(?<d>\\d{1,2})[ -](?<mon>[a-z]{3})[a-z]*[ -](?<y>\\d{4})\\s+${TIME}${ZONE}$`,
]

/** Groups of the forms: year, month, month's name, day, hour, half of the day, minute, second, fraction, zone. */
export const STAMP_PARTS = ['y', 'm', 'mon', 'd', 'h', 'ap', 'mi', 's', 'f', 'z'] as const

const FORMS = STAMP_FORMS.map((form) => new RegExp(form, 'i'))

export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function fromText(text: string): Instant | null {
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups
    if (groups === undefined) continue
    const month = groups.mon === undefined ? Number(groups.m) : MONTHS.indexOf(groups.mon.toLowerCase()) + 1
    const year = Number(groups.y) + (groups.y!.length === 2 ? 2000 : 0)
    const hour = hourOf(Number(groups.h ?? 0), groups.ap)
    const fields: Fields = [year, month, Number(groups.d), hour, Number(groups.mi ?? 0), Number(groups.s ?? 0)]
    const read = local(fields, groups.f ?? '')
    return read === null || groups.z === undefined ? read : zoned(read, groups.z)
  }
  return null
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
}

function local(fields: Fields, fraction: string): { readonly local: string } | null {
  const [year, month, day, hour, minute, second] = fields
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const isMidnight = hour === 24 && minute === 0 && second === 0 // the end of a day, in ISO 8601
  const date = new Date(Date.UTC(year, month - 1, day, isMidnight ? 0 : hour, minute, Math.min(second, 59), ms))
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!isDay || !(isMidnight || hour < 24) || minute > 59 || second > 60) return null
  const instant = new Date(date.getTime() + (isMidnight ? DAY_MS : 0))
  if (plausible(instant.getTime()) === null) return null
  return { local: instant.toISOString().replace('T', ' ').replace('Z', '') }
}

/** `+0130` and `+01:30` and `+01` are east of Greenwich. */
function zoned({ local: text }: { readonly local: string }, zone: string): Instant | null {
  const ms = Date.parse(`${text.replace(' ', 'T')}Z`)
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  if (sign === undefined) return plausible(ms)
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000
  return plausible(sign === '+' ? ms - offset : ms + offset)
}
