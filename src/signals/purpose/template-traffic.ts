import type { GroupEvents } from '../group-events.ts'

/** Requests of one template whose prompts are known. */
export interface TemplateTraffic {
  /** Number of the template; −1: requests without one. */
  readonly template: number
  /** Rows of the events, by time. */
  readonly rows: readonly number[]
  /** Members that sent them. */
  readonly members: ReadonlySet<number>
}

/** Templates with as many requests and accounts at least, by number. */
export function trafficByTemplate(events: GroupEvents, requests: number, accounts: number): TemplateTraffic[] {
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < events.count; row++) {
    if (events.prompt[row]! < 0) continue
    const rows = rowsOf.get(events.template[row]!)
    if (rows) rows.push(row)
    else rowsOf.set(events.template[row]!, [row])
  }
  return [...rowsOf]
    .filter(([, rows]) => rows.length >= requests)
    .map(([template, rows]) => ({ template, rows, members: new Set(rows.map((row) => events.member[row]!)) }))
    .filter(({ members }) => members.size >= accounts)
    .sort((a, b) => a.template - b.template)
}

/** Copies of a prompt, and the accounts they are on. */
export interface Copies {
  readonly count: number
  readonly members: ReadonlySet<number>
}

/** Each prompt of these rows with its copies. */
export function copiesOf(events: GroupEvents, rows: Iterable<number>): ReadonlyMap<number, Copies> {
  const copies = new Map<number, { count: number; members: Set<number> }>()
  for (const row of rows) {
    const prompt = events.prompt[row]!
    if (prompt < 0) continue
    const known = copies.get(prompt)
    if (known) {
      known.count++
      known.members.add(events.member[row]!)
    } else copies.set(prompt, { count: 1, members: new Set([events.member[row]!]) })
  }
  return copies
}

/** Whether the requests under watch are those of nearly all members: otherwise copies of a prompt are out of sight. */
export const isWhole = (events: GroupEvents, members: number): boolean => events.accounts.length >= 0.9 * members
