/** An account as a dispatcher sees it. */
export interface Member {
  readonly account: number
  readonly fromMs: number
  readonly toMs: number
  readonly bannedMs: number
  lastUsedMs: number
}

/** Whether an account may be used at that moment, as far as the operator knows. */
export const isOpen = (member: Member, atMs: number): boolean => member.fromMs <= atMs && atMs < member.toMs

/** The accounts that wait for work. */
export interface Queue {
  /** The open account idle longest, taken out; `undefined` if none is open. */
  readonly take: (atMs: number) => Member | undefined
  readonly giveBack: (member: Member, usedMs: number) => void
}

/** Accounts by last use: a binary heap, ties by account number. Accounts not yet open wait apart. */
export function createQueue(members: readonly Member[]): Queue {
  const waiting = [...members].sort((a, b) => b.fromMs - a.fromMs || a.account - b.account)
  const heap: Member[] = []
  const isBefore = (a: Member, b: Member): boolean =>
    a.lastUsedMs < b.lastUsedMs || (a.lastUsedMs === b.lastUsedMs && a.account < b.account)
  const push = (member: Member): void => {
    let i = heap.push(member) - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      if (!isBefore(member, heap[up] as Member)) break
      heap[i] = heap[up] as Member
      i = up
    }
    heap[i] = member
  }
  const pop = (): Member | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let i = 0
    for (;;) {
      let down = 2 * i + 1
      if (down >= heap.length) break
      if (down + 1 < heap.length && isBefore(heap[down + 1] as Member, heap[down] as Member)) down += 1
      if (!isBefore(heap[down] as Member, last)) break
      heap[i] = heap[down] as Member
      i = down
    }
    heap[i] = last
    return first
  }
  return {
    take: (atMs) => {
      for (let next = waiting.at(-1); next && next.fromMs <= atMs; next = waiting.at(-1)) push(waiting.pop() as Member)
      let member = pop()
      while (member && !isOpen(member, atMs)) member = pop()
      return member
    },
    giveBack: (member, usedMs) => {
      if (member.lastUsedMs === Number.POSITIVE_INFINITY) return
      member.lastUsedMs = usedMs
      push(member)
    },
  }
}
