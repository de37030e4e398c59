import type { AccountTable } from '../evidence/tables.ts'
import type { ExpiredDeclaration } from '../model.ts'
import { dayOf } from '../review/day.ts'
import type { Decision } from '../review/decision.ts'
import type { Declaration } from '../review/declaration.ts'
import { placeOf } from '../review/place.ts'
import { declaredOrganizations } from './groups.ts'
import { extreme } from './report-network.ts'

/** What people said of the accounts of this log, by account number. */
export interface Review {
  /** The line that holds for an account: its own before its organisation's. */
  readonly declared: ReadonlyMap<number, Declaration>
  /** The line that once held for an account, where none holds any more. */
  readonly expired: ReadonlyMap<number, Declaration>
  readonly decisions: ReadonlyMap<number, Decision>
  /** Every line whose last day is past. */
  readonly ended: readonly Declaration[]
  /** One sentence each. */
  readonly warnings: readonly string[]
}

export const NO_REVIEW: Review = {
  declared: new Map(),
  expired: new Map(),
  decisions: new Map(),
  ended: [],
  warnings: [],
}

/** What is said, as it was read from files. */
export interface Statements {
  readonly known?: readonly Declaration[]
  readonly labels?: readonly Decision[]
}

/**
 * Finds the accounts that declarations and labels speak of. Today is the day of the last request: the same log and files
 * give the same report on any day. A line holds through its last day.
 *
 * @param lastMs the last request, epoch milliseconds, where some stamps are not to be believed; NaN without any
 */
export function resolveReview(
  { known = [], labels = [] }: Statements,
  accounts: AccountTable,
  lastMs: number = extreme(accounts.ids.keys(), accounts.lastAtMs, Math.max),
): Review {
  if (known.length === 0 && labels.length === 0) return NO_REVIEW
  const numberOf = new Map(accounts.ids.map((id, number) => [id, number]))
  const isOver = ({ expires }: Declaration): boolean => !Number.isNaN(lastMs) && dayOf(lastMs) > expires
  const { holders, warnings } = findHolders(known, accounts, numberOf)
  const declared = new Map<number, Declaration>()
  const expired = new Map<number, Declaration>()
  // Own lines come last and overwrite those of organisations.
  for (const declaration of [...known].sort((a, b) => (a.by === b.by ? 0 : a.by === 'organization_id' ? -1 : 1))) {
    const into = isOver(declaration) ? expired : declared
    for (const account of holders.get(declaration)!) into.set(account, declaration)
  }
  for (const account of declared.keys()) expired.delete(account)
  const found = labels.flatMap((label): [number, Decision][] =>
    numberOf.has(label.accountId) ? [[numberOf.get(label.accountId)!, label]] : [],
  )
  return {
    declared,
    expired,
    decisions: new Map(found),
    ended: known.filter(isOver),
    warnings: [
      ...warnings,
      ...(known.length > 0 && declared.size + expired.size === 0 ? [nobody('--known')] : []),
      ...(labels.length > 0 && found.length === 0 ? [nobody('--labels')] : []),
    ],
  }
}

/** Lines that one warning names. */
const MAX_NAMED = 5

/** A word on lines that have ended and concern no network: they do no harm, and should go. */
export function endedWarnings({ ended }: Review, mattering: readonly ExpiredDeclaration[]): string[] {
  const told = new Set(mattering.flatMap(({ path, lines }) => lines.map((line) => placeOf({ name: path, line }))))
  const places = ended.map(({ path: name, line }) => placeOf({ name, line })).filter((place) => !told.has(place))
  if (places.length === 0) return []
  const more = places.length > MAX_NAMED ? ` and ${places.length - MAX_NAMED} more` : ''
  const named = `${places.slice(0, MAX_NAMED).join(', ')}${more}`
  return [`${named}: past the last day, and no account of it is in a network: delete what is no longer needed`]
}

const nobody = (flag: string): string => `${flag}: none of its ids is in this log: are they ids of this service?`

/** Declaration → the accounts it speaks of, ascending. */
function findHolders(
  known: readonly Declaration[],
  { organization }: AccountTable,
  numberOf: ReadonlyMap<string, number>,
): { readonly holders: ReadonlyMap<Declaration, readonly number[]>; readonly warnings: readonly string[] } {
  const usable = declaredOrganizations(organization)
  const byOrganization = new Map<string, number[]>()
  const named = new Set(known.flatMap(({ by, id }) => (by === 'organization_id' ? [id] : [])))
  for (const id of named) byOrganization.set(id, [])
  for (const [account, id] of usable.entries()) if (id !== null) byOrganization.get(id)?.push(account)
  const exporters = new Set(organization.filter((id, account) => id !== null && usable[account] === null))
  const holders = new Map<Declaration, readonly number[]>()
  const warnings: string[] = []
  for (const declaration of known) {
    const { by, id, path, line } = declaration
    const own = numberOf.get(id)
    if (by === 'organization_id') holders.set(declaration, byOrganization.get(id) ?? [])
    else holders.set(declaration, own === undefined ? [] : [own])
    if (by === 'organization_id' && exporters.has(id))
      warnings.push(
        `${placeOf({ name: path, line })}: more than half of all accounts carry this organization_id: it declares nobody`,
      )
  }
  return { holders, warnings }
}
