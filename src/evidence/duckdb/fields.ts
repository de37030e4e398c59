import { CANONICAL_FIELDS } from '../../formats/fields.ts'
import type { MappedSource } from '../engine.ts'
import { FAST_FIELDS } from '../steps.ts'
import { addressBlock, emailDomain, emailPattern, normalEmail, normalPhone, present, roughBlock } from './canonical.ts'

/** Texts that a hash is made from where the export has none. */
export const TEXT_OF: Readonly<Record<string, string>> = {
  system_prompt_hash: 'system_prompt',
  prompt_hash: 'user_prompt',
}

/** Canonical fields that at least one source fills, a hash also by its text. */
export function presentFields(sources: readonly MappedSource[]): ReadonlySet<string> {
  const fields = new Set(sources.flatMap(({ mapping }) => Object.keys(mapping.fields)))
  for (const [hash, text] of Object.entries(TEXT_OF)) if (fields.has(text)) fields.add(hash)
  return fields
}

/** Column of the fast step with the request ids that were sampled; no holding is made of it. */
export const REQUEST_IDS = 'request_id'

const isFast = (name: string): boolean => (FAST_FIELDS as readonly string[]).includes(name)

const SLOW_ROLES: ReadonlySet<string> = new Set(['holding', 'fact', 'mix'])

/** Fields of the base step beside account, day and measures: they change slowly within an account. */
export const slowFields = (fields: ReadonlySet<string>): readonly string[] =>
  CANONICAL_FIELDS.filter(
    ({ name, role }) => fields.has(name) && (SLOW_ROLES.has(role) || name === 'customer_id') && !isFast(name),
  ).map(({ name }) => name)

export const fastFields = (fields: ReadonlySet<string>): readonly string[] =>
  FAST_FIELDS.filter((each) => fields.has(each))

/** A linkable field as it is stored in holdings: its name and the SQL that makes its value from raw columns. */
export interface HoldingColumn {
  readonly name: string
  /** Raw columns that `sql` reads. */
  readonly raw: readonly string[]
  readonly sql: string
  /** Whether `sql` is `present` of the one raw column, and nothing else. */
  readonly isAsGiven: boolean
}

/** The domain is taken from the address where no column gives it. */
const rawColumns = (name: string, needs: readonly string[], fields: ReadonlySet<string>): readonly string[] =>
  name === 'email_domain' && fields.has('email') ? [...new Set([...needs, 'email'])] : needs

/** What the slow raw columns give: canonical fields as they are, and fields derived from them. */
export function slowHoldings(fields: ReadonlySet<string>): readonly HoldingColumn[] {
  const columns: HoldingColumn[] = []
  const add = (name: string, needs: readonly string[], sql: string, isAsGiven = false): void => {
    if (!needs.every((each) => fields.has(each))) return
    columns.push({ name, raw: rawColumns(name, needs, fields), sql, isAsGiven })
  }
  for (const { name, role } of CANONICAL_FIELDS) {
    if (role !== 'holding' || isFast(name) || DERIVED.has(name)) continue
    add(name, [name], present(name), true)
  }
  const email = normalEmail(present('email'))
  add('email', ['email'], email)
  add('email_pattern', ['email'], emailPattern(email))
  if (fields.has('email_domain')) {
    const given = `lower(${present('email_domain')})`
    add('email_domain', ['email_domain'], fields.has('email') ? `COALESCE(${given}, ${emailDomain(email)})` : given)
  } else add('email_domain', ['email'], emailDomain(email))
  add('payer_email', ['payer_email'], normalEmail(present('payer_email')))
  const phone = normalPhone(present('phone'))
  add('phone', ['phone'], phone)
  if (!fields.has('phone_prefix')) add('phone_prefix', ['phone'], `left(${phone}, 7)`)
  if (!fields.has('card_fingerprint')) add('card_composite', ['card_bin', 'card_last4', 'card_expiry'], COMPOSITE)
  return columns
}

/** Holding fields that are stored in another form than their raw text, or only as part of one. */
const DERIVED = new Set(['email', 'email_domain', 'payer_email', 'phone', 'card_last4', 'card_expiry'])

/** BIN, last four digits and expiry together: a weak stand-in where no card fingerprint is exported. */
const COMPOSITE = ['card_bin', 'card_last4', 'card_expiry'].map(present).join(` || '/' || `)

/** A fast field: what is grouped by while the log is read, and how `value`, the result of that, becomes canonical. */
export interface FastColumn extends HoldingColumn {
  readonly rough: string
}

/**
 * What a fast raw field is stored as. The block of an address is the unit of evidence; the address itself is kept only
 * where an account has no other in its block ({@link SOLE_ADDRESS}), so that rotating exits do not become the log again.
 */
export function fastHolding(field: string): FastColumn {
  if (field === 'ip')
    return { name: 'ip_block', raw: ['ip'], rough: roughBlock('ip'), sql: addressBlock('value'), isAsGiven: false }
  return { name: field, raw: [field], rough: field, sql: present('value'), isAsGiven: true }
}

/** Holding of the one IPv4 address that an account has in a block: a home, which a block of 256 does not tell. */
export const SOLE_ADDRESS = 'ip_address'

/** Linkable field names in use, sorted: a field's number is its position. */
export const fieldNames = (
  logFields: ReadonlySet<string>,
  sideFields: ReadonlySet<string>,
  fast: readonly string[],
): readonly string[] =>
  [
    ...new Set([
      ...[logFields, sideFields].flatMap((fields) => slowHoldings(fields).map(({ name }) => name)),
      ...fast.map((field) => fastHolding(field).name),
      ...(fast.includes('ip') ? [SOLE_ADDRESS] : []),
    ]),
  ].sort()
