import { poissonTail } from '../chance.ts'
import { isOneOrganization } from '../declared.ts'
import type { GroupEvents } from '../group-events.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'

/** Bits at most: the cap of the family. */
const MOST_BITS = 10

/** A prompt sent again from another account within this time was sent on, ms. */
const WITHIN_MS = 60_000

/** Offsets at which the same is counted for the null, minutes: pools of prompts recur near each other. */
const OFFSETS_MIN = [-60, -45, -30, -20, -10, -5, 5, 10, 20, 30, 45, 60]

/** Refusals sent on without which it is an accident, and the accounts they come from. */
const MIN_SENT_ON = 3
const MIN_ACCOUNTS = 3

/** How many times more than by chance. */
const MIN_LIFT = 5

/** What one account was refused, another asks within the minute: somebody holds both and moves work between them. */
export const failover: OrderSignal = {
  id: 'failover',
  family: 'continuity',
  title: 'Refused here, asked there',
  why: 'A relay sends a refused prompt on through another account; a stranger does not know what was refused.',
  statistic:
    'prompts refused with 401, 403 or 429 that another member sends within 60 seconds, beside the same after successes and at other times',
  innocentCauses: ['a router over several keys of one team', 'a test suite that several people run at once'],
  role: 'pattern',
  needs: ['prompt_hash', 'status'],
  measure,
}

/** The null is the larger of two: what follows a success (copies spread on purpose), and what the prompts do at other times. */
function measure({ set, events }: OrderInput): Finding | null {
  const { count, prompt, status } = events
  if (isOneOrganization(set)) return null
  if (!prompt.some((each) => each >= 0) || !status.some((each) => each > 0)) return null
  const rowsOf = rowsByPrompt(events)
  const senders = new Set<number>()
  const seen = { refused: 0, sentOn: 0, answered: 0, copied: 0, offset: 0 }
  for (let row = 0; row < count; row++) {
    const rows = prompt[row]! < 0 ? undefined : rowsOf.get(prompt[row]!)
    const isAnswered = status[row]! >= 200 && status[row]! < 300
    if (!isAnswered && !isRefusal(status[row]!)) continue
    const next = rows === undefined ? -1 : fromAnother(events, rows, row, 0)
    if (isAnswered) {
      seen.answered++
      if (next >= 0) seen.copied++
      continue
    }
    seen.refused++
    if (next >= 0) {
      seen.sentOn++
      senders.add(events.member[row]!).add(events.member[next]!)
    }
    for (const minutes of OFFSETS_MIN) {
      if (rows !== undefined && fromAnother(events, rows, row, minutes * 60_000) >= 0)
        seen.offset += 1 / OFFSETS_MIN.length
    }
  }
  if (seen.refused === 0) return nothing('sent on 0', 'no prompt was refused')
  const expected = Math.max((seen.refused * (seen.copied + 0.5)) / (seen.answered + 1), seen.offset)
  const p = poissonTail(seen.sentOn, expected)
  const hasEffect = seen.sentOn >= MIN_SENT_ON && senders.size >= MIN_ACCOUNTS && seen.sentOn >= MIN_LIFT * expected
  return {
    bits: hasEffect ? Math.min(MOST_BITS, -Math.log2(p)) : 0,
    p,
    hasEffect,
    statistic: `sent on ${seen.sentOn}, by chance ${expected.toFixed(2)}`,
    summary: `${seen.sentOn} of ${seen.refused} refused requests were sent by another of ${senders.size} accounts within a minute, ${expected.toFixed(2)} by chance`,
    accounts: senders.size,
  }
}

const isRefusal = (status: number): boolean => status === 401 || status === 403 || status === 429

/** Rows of each prompt that two members sent, by time. */
function rowsByPrompt({ count, prompt, member }: GroupEvents): ReadonlyMap<number, readonly number[]> {
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < count; row++) {
    if (prompt[row]! < 0) continue
    const rows = rowsOf.get(prompt[row]!)
    if (rows) rows.push(row)
    else rowsOf.set(prompt[row]!, [row])
  }
  for (const [key, rows] of rowsOf) if (rows.every((row) => member[row] === member[rows[0]!])) rowsOf.delete(key)
  return rowsOf
}

/** First of the rows from another member in the minute that begins `offsetMs` behind the row's instant; -1 without. */
function fromAnother({ atMs, member }: GroupEvents, rows: readonly number[], row: number, offsetMs: number): number {
  const fromMs = atMs[row]! + offsetMs
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (atMs[rows[middle]!]! <= fromMs) low = middle + 1
    else high = middle
  }
  for (let i = low; i < rows.length && atMs[rows[i]!]! <= fromMs + WITHIN_MS; i++) {
    if (member[rows[i]!] !== member[row]) return rows[i]!
  }
  return -1
}
