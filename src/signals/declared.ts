import type { AccountSet } from './signal.ts'

/**
 * Whether most members declare one organisation: its own workers and keys take turns and stand in for each other, and no test of order can
 * tell them from a relay.
 */
export function isOneOrganization({ tables, members }: AccountSet): boolean {
  const counts = new Map<string, number>()
  for (const member of members) {
    const organization = tables.accounts.organization[member] ?? null
    if (organization !== null) counts.set(organization, (counts.get(organization) ?? 0) + 1)
  }
  return [...counts.values()].some((count) => 2 * count > members.length)
}
