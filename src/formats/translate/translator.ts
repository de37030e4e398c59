import type { Source } from '../../sources/source.ts'
import { CANONICAL_FIELDS } from '../fields.ts'
import { REJECT_REASONS, UNUSED_REASONS } from '../reject-reasons.ts'

export type Record_ = Readonly<Record<string, unknown>>

/**
 * What becomes of a record: values by canonical field; or the reason why it cannot be used (`rejected`), or why it is
 * no request though it is whole (`unused`).
 */
export type Translation =
  | { readonly values: Readonly<Record<string, string | number>> }
  | { readonly rejected: string }
  | { readonly unused: string }

/** Turns one record of an export into canonical values. Pure, and never throws. */
export type Translator = (record: Record_) => Translation

export interface TranslateOptions {
  readonly role: Source['role']
  /** Whether an address is a proxy of one's own, which stands for no client. */
  readonly isTrusted: (address: string) => boolean
  /** A log's record without an account is kept if it has a request id: another file may know whose it is. */
  readonly mayJoin: boolean
  /** Canonical fields that are filled; {@link READ_FIELDS} for a scan. */
  readonly fields: ReadonlySet<string>
}

/** A span or a line of other software beside the model's is whole, and of no use; anything else is not understood. */
export const translateUnknown: Translator = (record) =>
  Object.hasOwn(record, '__otlp') || Object.hasOwn(record, '__vllm')
    ? { unused: UNUSED_REASONS.notRequest }
    : { rejected: REJECT_REASONS.unparsable }

/** Every canonical field, for who wants to see what an export holds. */
export const ALL_FIELDS: ReadonlySet<string> = new Set(CANONICAL_FIELDS.map(({ name }) => name))

/** Fields that a scan reads: the rest is not carried along. Sessions are read in the order of requests. */
export const READ_FIELDS: ReadonlySet<string> = new Set(
  CANONICAL_FIELDS.filter(({ name, role }) => role !== 'ignored' || name === 'session_id').map(({ name }) => name),
)
