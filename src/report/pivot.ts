import type { Network, ScanResult } from '../model.ts'
import { csvCell } from './csv/cell.ts'
import { isSensitiveField, shortenValue } from './redact.ts'
import { safeText } from './safe-text.ts'

/**
 * The lists, and the fields whose values each holds. An issuer range, a postal code, a provider, a mail domain and the like
 * are kinds that strangers have too, and would find them: they are in no list.
 */
const LISTS = {
  'accounts.txt': ['account_id'],
  'cards.txt': [
    ...['card_fingerprint', 'payment_fingerprint', 'card_composite'],
    ...['payer_email', 'billing_name_hash', 'billing_address_hash'],
  ],
  'address-blocks.txt': ['ip', 'ip_block'],
  'templates.txt': ['system_prompt_hash', 'template_id', 'tools_hash', 'prompt_hash', 'signature_hash'],
  'devices.txt': ['device_fingerprint', 'account_fingerprint', 'tls_fingerprint', 'client_headers', 'user_agent'],
} as const satisfies Record<string, readonly string[]>

type ListName = keyof typeof LISTS
const LIST_NAMES = Object.keys(LISTS) as readonly ListName[]
const INDEX = 'index.csv'

/** Every file that a pivot may write. */
export const PIVOT_FILES: readonly string[] = [...LIST_NAMES, INDEX]

const listOf = new Map(LIST_NAMES.flatMap((name) => LISTS[name].map((field: string) => [field, name] as const)))
/** Whether one field of the list holds personal data: half a list would be taken for a whole one. */
const isSensitive = (name: ListName): boolean => LISTS[name].some((field) => isSensitiveField(field))

export interface Pivot {
  /** File name → text, every line newline-terminated; empty without values. */
  readonly files: ReadonlyMap<string, string>
  /** Lists left out since they would hold shortened values, which find nothing; in the order of {@link PIVOT_FILES}. */
  readonly leftOut: readonly string[]
  /**
   * Values in no list: with characters that would forge a line or be obeyed by a terminal, empty ones (which `grep -f`
   * finds everywhere), and those that hold personal data inside.
   */
  readonly unlisted: number
}

/** A value of a network. */
interface Row {
  readonly field: string
  readonly value: string
  readonly network: Network
  /** Members and others that hold it; `null` where only single members name it. */
  readonly inside: number | null
  readonly outside: number | null
}

/**
 * What the networks hold, as lists to search other logs with: one value per line, distinct, sorted by UTF-8 bytes; and an
 * index with the networks of each. Values that more accounts outside than inside hold are in the index alone.
 *
 * @param result already limited, and with its values whole: a shortened value can be searched for in no log
 */
export function pivot(result: ScanResult, { reveal }: { readonly reveal: boolean }): Pivot {
  const leftOut = reveal ? [] : LIST_NAMES.filter(isSensitive)
  const shown = LIST_NAMES.filter((name) => !leftOut.includes(name))
  const rows = result.networks.flatMap(rowsOf).filter(({ field }) => shown.includes(listOf.get(field)!))
  const isPlain = ({ field, value }: Row): boolean =>
    value.trim() !== '' &&
    isOneLine(value) &&
    (reveal || field === 'account_id' || shortenValue(field, value) === value)
  // A list is searched with, and acted on: whom a review cleared stands in the index alone.
  const cleared = new Map(result.networks.map((network) => [network, new Set(network.review?.cleared)]))
  const isCleared = ({ field, value, network }: Row): boolean =>
    field === 'account_id' && cleared.get(network)!.has(value)
  const listed = rows.filter((row) => isPlain(row) && !isCleared(row) && (row.outside ?? 0) <= (row.inside ?? 0))
  const texts = shown.map((name) => [
    name,
    lines(listed.filter(({ field }) => listOf.get(field) === name).map((row) => asListed(row))),
  ])
  return {
    files: new Map([...texts, [INDEX, indexOf(rows, new Set(listed.map(keyOf)), reveal)]] as [string, string][]),
    leftOut,
    unlisted: new Set(rows.filter((row) => !isPlain(row)).map(keyOf)).size,
  }
}

/** Accounts, then the evidence's values, then what only members name; each field and value once. */
function rowsOf(network: Network): Row[] {
  const rows = new Map<string, Row>()
  const add = (row: Omit<Row, 'network'>): void => {
    const key = keyOf(row)
    if (listOf.has(row.field) && !rows.has(key)) rows.set(key, { ...row, network })
  }
  for (const value of network.accounts) add({ field: 'account_id', value, inside: 1, outside: 0 })
  for (const { values } of network.evidence) for (const held of values) add(held)
  for (const { links } of network.members) {
    for (const { field, value } of links) add({ field, value, inside: null, outside: null })
  }
  return [...rows.values()]
}

const keyOf = ({ field, value }: Pick<Row, 'field' | 'value'>): string => `${field}\0${value}`

const isOneLine = (value: string): boolean => safeText(value, { maxLength: Number.POSITIVE_INFINITY }) === value

/** An address is a block of one address. */
function asListed({ field, value }: Row): string {
  if (field !== 'ip' || value.includes('/')) return value
  return `${value}/${value.includes(':') ? 128 : 32}`
}

/** Bytes, as `LC_ALL=C sort` and `comm` have it. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

const lines = (values: readonly string[]): string =>
  [...new Set(values)]
    .toSorted(byBytes)
    .map((value) => `${value}\n`)
    .join('')

const HEAD = ['list', 'field', 'value', 'network_id', 'rank', 'severity', 'inside', 'outside']

/** Rows by list, field, value and rank; without a list where the value is not in it. */
function indexOf(rows: readonly Row[], listed: ReadonlySet<string>, reveal: boolean): string {
  const order = ({ field, value, network }: Row): string =>
    [LIST_NAMES.indexOf(listOf.get(field)!), field, value, String(network.rank).padStart(10, '0')].join('\0')
  const sorted = rows.map((row) => ({ row, key: order(row) })).toSorted((a, b) => byBytes(a.key, b.key))
  const cells = sorted.map(({ row }) => {
    const { field, value, network, inside, outside } = row
    const list = listed.has(keyOf(row)) ? listOf.get(field)! : null
    const shown = field === 'account_id' || reveal ? value : shortenValue(field, value)
    return [list, field, shown, network.id, network.rank, network.severity, inside, outside]
  })
  return [HEAD, ...cells].map((row) => `${row.map(csvCell).join(',')}\n`).join('')
}
