/**
 * What the records of a file are. `request`: one a request, with models or tokens; `edge`: what a proxy or gateway saw of
 * a request; `auth`: sign-ups, sign-ins and audit events; `payment`: charges and cards; `account`: tables of accounts or
 * keys; `usage`: sums over hours or days, which no scan can use.
 */
export const KINDS = ['request', 'edge', 'auth', 'payment', 'account', 'usage'] as const
export type Kind = (typeof KINDS)[number]

/** Which records a preset is for; paths as in `expression.ts`. */
export interface PresetDetection {
  /** Must all be there. */
  readonly all: readonly string[]
  /** One must be there, unless empty. */
  readonly any: readonly string[]
  /** None may be there. */
  readonly none: readonly string[]
  /** Path → regular expression that its value must match. */
  readonly values: Readonly<Record<string, string>>
}

/** How the records of one vendor's export fill the canonical fields: data, checked by `check-preset.ts`. */
export interface Preset {
  /** Permanent; lower case with underscores. */
  readonly id: string
  /** The product and its export, for people. */
  readonly title: string
  readonly kind: Kind
  readonly detect: PresetDetection
  /** Expressions of the instant; the first with a value wins. Empty where the export has none. */
  readonly time: readonly string[]
  /** Stamps without a zone are of the machine's own time, not UTC. */
  readonly zone?: 'local'
  /** Canonical field → expressions; the first with a value wins. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  /** Path → values of which a record must have one to be of use; others are counted apart. */
  readonly keep?: Readonly<Record<string, readonly (string | number)[]>>
  /** Set where the input count leaves cached tokens out; the canonical count holds them. */
  readonly inputTokens?: 'without-cache'
  /** Several rows with one request id are parts of one request. */
  readonly mergesRows?: true
  /** A schema that operators extend: what it does not fill is filled from columns by their names. */
  readonly isOpen?: true
  /** Columns in file order, for exports that come without a header. */
  readonly columns?: readonly string[]
  /** What a reader should know, one sentence each. */
  readonly notes?: readonly string[]
}
