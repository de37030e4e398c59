import type { Source } from '../sources/source.ts'
import { type Column, foldName, sampleValues } from './columns.ts'
import { CANONICAL_FIELDS } from './fields.ts'
import { isSecretName } from './values/secrets.ts'

/** Columns by canonical field, best first. */
export type Matches = Map<string, Column[]>

/** A name that a field is known by; a lower `rank` is a better match, 0 the canonical name itself. */
interface Name {
  readonly field: string
  readonly rank: number
}

/** What is known of a source; only of a table does it matter in what the records are. */
type MatchSource = Pick<Source, 'role' | 'dialect' | 'sample'> & Partial<Pick<Source, 'container'>>

const keyOf = ({ column, name }: { readonly column: Column; readonly name: Name }): string =>
  JSON.stringify([column.column, name.field])

/** Behind every alias. */
const LAST = 1000

/**
 * Gives every column to the one field whose name it matches best: the canonical name before an alias, an earlier alias
 * before a later one. Columns named like a password, a token or a private key are passed over: they are never read. What is ambiguous by name is settled by the role of the file (see `adjust`).
 */
export function matchColumns(source: MatchSource, columns: readonly Column[]): Matches {
  const candidates = columns.flatMap((column) => {
    const name = isSecretName(column.name) ? null : adjust(source, column)
    return name === null ? [] : [{ column, name }]
  })
  // A literal key before the nested path that reads the same; else as they come in the file.
  candidates.sort((a, b) => a.name.rank - b.name.rank || a.column.path.length - b.column.path.length)
  const matches: Matches = new Map()
  const wholes = new Set(candidates.filter(({ column }) => column.path.length === 0).map(keyOf))
  for (const { column, name } of candidates) {
    // A text of a table is what it is in a file, also where it holds JSON with a part of such a name.
    if (source.container === 'table' && column.path.length > 0 && wholes.has(keyOf({ column, name }))) continue
    const list = matches.get(name.field)
    if (list === undefined) matches.set(name.field, [column])
    else list.push(column)
  }
  settleCustomer(matches)
  if (source.role === 'accounts') settleId(matches)
  else settleCreated(matches)
  return matches
}

const namesByFold = new Map<string, Name>()
for (const { name: field, aliases } of CANONICAL_FIELDS) {
  for (const [rank, name] of [field, ...aliases].entries()) {
    const folded = foldName(name)
    const known = namesByFold.get(folded)
    if (known === undefined || rank < known.rank) namesByFold.set(folded, { field, rank })
  }
}

const CREATED = 'created'
const REQUEST_TIME = 'requesttime'

/** The name a column is known by, with what an accounts file means by `created` and `status`. */
function adjust(source: Pick<Source, 'role' | 'dialect' | 'sample'>, column: Column): Name | null {
  const name = namesByFold.get(column.folded)
  if (name === undefined) return null
  if (source.role === 'accounts') {
    if (column.folded === CREATED) return { field: 'created_at', rank: LAST }
    if (column.folded === 'status' && holdsWords(sampleValues(source, column)))
      return { field: 'account_status', rank: LAST }
  } else if (column.folded === CREATED) return { field: 'timestamp', rank: LAST }
  if (column.folded === REQUEST_TIME && holdsDurations(sampleValues(source, column))) return null
  return name
}

/** How long a request took, as nginx writes `request_time`: numbers below 1e8, which was in 1973 as a time. */
const holdsDurations = (values: readonly unknown[]): boolean =>
  values.length > 0 && values.every((value) => /^\s*\d+([.]\d+)?\s*$/.test(String(value)) && Number(value) < 1e8)

/** `active`, not 200; true without a value to judge by. */
const holdsWords = (values: readonly unknown[]): boolean =>
  values.every((value) => typeof value === 'string' && !/^\s*\d+\s*$/.test(value))

/** Names of the account that may as well be the end user's or the client's: a customer id beside them is the account. */
const VAGUE_ACCOUNTS: ReadonlySet<string> = new Set(['user', 'uid', 'user.id', 'clientid', 'subjectid'])

/** A customer id is the account where nothing better names it, with what else might after it. */
function settleCustomer(matches: Matches): void {
  const customers = matches.get('customer_id') ?? []
  const accounts = matches.get('account_id') ?? []
  if (customers.length === 0 || accounts.length === 0) return
  if (accounts.every(({ folded }) => VAGUE_ACCOUNTS.has(folded))) {
    matches.set('account_id', [...customers, ...accounts])
    matches.delete('customer_id')
  }
}

/** In a log, `created` and `created_at` are the request's time when nothing better is; `created` is never more. */
function settleCreated(matches: Matches): void {
  const times = matches.get('timestamp') ?? []
  const better = times.filter((column) => column.folded !== CREATED)
  if (better.length > 0) matches.set('timestamp', better)
  if (times.length > 0) return
  const createdAt = matches.get('created_at') ?? []
  const usable = createdAt.filter((column) => column.folded === foldName('created_at'))
  if (usable.length === 0) return
  matches.set('timestamp', usable)
  setOrDelete(
    matches,
    'created_at',
    createdAt.filter((column) => !usable.includes(column)),
  )
}

/** In an accounts file, `id` is the account's when nothing better is. */
function settleId(matches: Matches): void {
  if (matches.has('account_id')) return
  const requestIds = matches.get('request_id') ?? []
  const usable = requestIds.filter((column) => column.folded === 'id')
  if (usable.length === 0) return
  matches.set('account_id', usable)
  setOrDelete(
    matches,
    'request_id',
    requestIds.filter((column) => !usable.includes(column)),
  )
}

function setOrDelete(matches: Matches, field: string, columns: Column[]): void {
  if (columns.length > 0) matches.set(field, columns)
  else matches.delete(field)
}
