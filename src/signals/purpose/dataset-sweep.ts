import { hypergeometricTail } from '../chance.ts'
import { type GroupEvents, rowsByMember } from '../group-events.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'
import { copiesOf, isWhole, trafficByTemplate } from './template-traffic.ts'

/** Requests of a template that make a sweep, also where only a part of a large group is under watch; accounts it is spread over. */
const LEAST_REQUESTS = 1000
const LEAST_WATCHED = 300
const LEAST_ACCOUNTS = 10

/** Share of the template's requests with a prompt of their own, and of single turns. Retries and failover take some. */
const LEAST_UNIQUE = 0.98
const LEAST_SINGLE = 0.9

/** Times more common among members than among strangers, at least: everybody's prompts are mostly unique. */
const LEAST_LIFT = 3

/** Requests of an account without which its way of asking is unknown. */
const LEAST_OWN = 20

const MOST_BITS = 6

/**
 * Every question once, one turn each, one template, dealt out over many accounts: a data set being worked off. Ordinary
 * programs ask like that too, so it is never more than a hint: what it says is how much rarer such accounts are among
 * the strangers of the same log (Fisher's exact test over accounts).
 */
export const datasetSweep: OrderSignal = {
  id: 'dataset-sweep',
  family: 'purpose',
  title: 'A data set worked off',
  why: 'Thousands of questions under one template, each asked once and never followed up, are items of a list.',
  statistic: 'share of members that send single turns with unique prompts under one template, beside that of strangers',
  innocentCauses: [
    'a batch job of one customer',
    'a product that makes one request per document',
    'an evaluation suite',
  ],
  role: 'corroborator',
  needs: ['prompt_hash'],
  measure,
}

function measure({ set, events, background }: OrderInput): Finding | null {
  const least = isWhole(events, set.members.length) ? LEAST_REQUESTS : LEAST_WATCHED
  if (!events.prompt.some((each) => each >= 0)) return null
  const sweeps = trafficByTemplate(events, least, LEAST_ACCOUNTS).filter(({ rows }) => isSweep(events, rows))
  if (sweeps.length === 0) return nothing('sweeps 0', 'no template is swept over a list of prompts')
  const swept = new Set(sweeps.flatMap(({ members }) => [...members]))
  const inside = sweepers(events)
  const outside = sweepers(background)
  const marked = inside.marked.filter((member) => swept.has(member)).length
  const lift = (marked + 0.5) / (inside.tested + 1) / ((outside.marked.length + 0.5) / (outside.tested + 1))
  const p = hypergeometricTail(marked, inside.tested, marked + outside.marked.length, inside.tested + outside.tested)
  const hasEffect = lift >= LEAST_LIFT
  const requests = sweeps.reduce((sum, { rows }) => sum + rows.length, 0)
  return {
    bits: hasEffect ? Math.min(MOST_BITS, Math.log2(lift)) : 0,
    p,
    hasEffect,
    statistic: `sweeping accounts ${share(marked, inside.tested)}, among strangers ${share(outside.marked.length, outside.tested)}`,
    summary: `${requests} requests of ${swept.size} accounts under ${sweeps.length === 1 ? 'one template' : `${sweeps.length} templates`}, each prompt once and without a second turn; ${share(outside.marked.length, outside.tested)} of strangers ask like that`,
    accounts: swept.size,
  }
}

const share = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(0)} %`

function isSweep(events: GroupEvents, rows: readonly number[]): boolean {
  if (copiesOf(events, rows).size < LEAST_UNIQUE * rows.length) return false
  return singleTurns(events, rows) >= LEAST_SINGLE * rows.length
}

/** Requests that are alone in their session; one without a session is alone. A session belongs to an account. */
function singleTurns(events: GroupEvents, rows: readonly number[]): number {
  const turns = new Map<number, number>()
  let alone = 0
  for (const row of rows) {
    const session = events.session[row]!
    if (session < 0) alone++
    else turns.set(session, (turns.get(session) ?? 0) + 1)
  }
  for (const count of turns.values()) if (count === 1) alone++
  return alone
}

/** Accounts with enough requests, and those of them that send single turns with unique prompts. */
function sweepers(events: GroupEvents): { readonly tested: number; readonly marked: readonly number[] } {
  const { from, row } = rowsByMember(events)
  const marked: number[] = []
  let tested = 0
  for (let member = 0; member < events.accounts.length; member++) {
    const rows = [...row.subarray(from[member]!, from[member + 1]!)].filter((each) => events.prompt[each]! >= 0)
    if (rows.length < LEAST_OWN) continue
    tested++
    if (isSweep(events, rows)) marked.push(member)
  }
  return { tested, marked }
}
