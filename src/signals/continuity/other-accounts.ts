import type { AccountTable } from '../../evidence/tables.ts'
import type { Random } from '../../random.ts'
import type { AccountSet } from '../signal.ts'

/** Accounts with requests that are no members, to draw from. */
export interface Others {
  readonly count: number
  draw(random: Random): number
}

/** The list of all is made once for a scan; a member that is drawn from it is put back, while members are not most of it. */
export function othersThan({ tables, members }: AccountSet): Others {
  const isMember = new Set(members)
  const active = activeOf(tables.accounts)
  const inside = members.reduce((count, member) => count + (tables.accounts.requests[member]! > 0 ? 1 : 0), 0)
  const count = active.length - inside
  const pool = 2 * inside > active.length ? active.filter((account) => !isMember.has(account)) : active
  const draw = (random: Random): number => {
    let drawn = pool[random.below(pool.length)]!
    while (isMember.has(drawn)) drawn = pool[random.below(pool.length)]!
    return drawn
  }
  return { count, draw }
}

const actives = new WeakMap<AccountTable, Int32Array>()

function activeOf(accounts: AccountTable): Int32Array {
  const known = actives.get(accounts)
  if (known) return known
  const active = Int32Array.from({ length: accounts.count }, (_, i) => i).filter(
    (account) => accounts.requests[account]! > 0,
  )
  actives.set(accounts, active)
  return active
}
