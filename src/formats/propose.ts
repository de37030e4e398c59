import { type Column, listColumns, sampleValues } from './columns.ts'
import type { DetectSource } from './detect.ts'
import { canonicalAddress } from './values/address.ts'
import { parseInstant } from './values/instant.ts'
import { isSecretName } from './values/secrets.ts'

/** Share of a column's values that must look like what it is proposed for. */
const MOST = 0.8
/** Values of a column that are looked at. */
const MAX_VALUES = 200

/** A guess at what fills a field, from the values alone. */
export interface Proposal {
  readonly field: string
  readonly column: string
}

/** What a column's values look like, in the order in which it is tried; each proposes one column at most. */
const LOOKS: readonly { readonly field: string; readonly fits: (value: unknown) => boolean }[] = [
  { field: 'ip', fits: (value) => typeof value === 'string' && canonicalAddress(value) !== null },
  { field: 'email', fits: (value) => typeof value === 'string' && /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/iu.test(value.trim()) },
  {
    field: 'tls_fingerprint',
    fits: (value) => typeof value === 'string' && /^[tqd]\d{2}[di]\d{4}\w{2}_[0-9a-f]{12}_[0-9a-f]{12}$/u.test(value),
  },
  { field: 'user_agent', fits: (value) => typeof value === 'string' && /^[\w.-]+\/[\d.]+/u.test(value) },
  { field: 'timestamp', fits: (value) => parseInstant(value) !== null },
]

const ACCOUNT_NAME = /user|account|acct|cust|client|member|subject|login|owner|key|kunde|konto|usuario|cliente|compte/iu

/**
 * Columns that may fill fields for which no column has a known name, for a person to confirm with `--map`.
 *
 * @param fields what is looked for
 */
export function proposeColumns(source: DetectSource, fields: readonly string[]): Proposal[] {
  const columns = listColumns(source).filter(({ name }) => name !== '' && !isSecretName(name))
  const valuesOf = new Map(columns.map((column) => [column, sampleValues(source, column).slice(0, MAX_VALUES)]))
  const proposals: Proposal[] = []
  const taken = new Set<Column>()
  for (const { field, fits } of LOOKS) {
    const found = columns.find((column) => !taken.has(column) && share(valuesOf.get(column)!, fits) >= MOST)
    if (found === undefined) continue
    taken.add(found)
    if (fields.includes(field)) proposals.push({ field, column: found.name })
  }
  const account = accountColumn(
    columns.filter((column) => !taken.has(column)),
    valuesOf,
  )
  if (account !== null && fields.includes('account_id'))
    proposals.unshift({ field: 'account_id', column: account.name })
  return proposals
}

function share(values: readonly unknown[], fits: (value: unknown) => boolean): number {
  return values.length === 0 ? 0 : values.filter(fits).length / values.length
}

/** A column that is named like one of accounts, or whose values repeat without being a handful. */
function accountColumn(columns: readonly Column[], valuesOf: ReadonlyMap<Column, readonly unknown[]>): Column | null {
  const named = columns.find(({ name }) => ACCOUNT_NAME.test(name))
  if (named !== undefined) return named
  const repeats = columns.find((column) => {
    const values = valuesOf.get(column)!.filter((value) => typeof value === 'string' || typeof value === 'number')
    const distinct = new Set(values).size
    return values.length >= 10 && distinct >= 3 && distinct <= values.length * 0.7
  })
  return repeats ?? null
}
