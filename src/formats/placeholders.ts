/**
 * Texts that stand for "no value" (docs/fields.md, "Missing is missing"), compared after trimming and lower-casing.
 * Such a value is never shared by two accounts.
 */
export const PLACEHOLDERS: readonly string[] = [
  '',
  'null',
  '(null)',
  '<null>',
  'nil',
  '<nil>',
  '\\n', // \N, the NULL of MySQL and Hive exports, in lower case
  '-',
  '--',
  '—',
  '?',
  '.',
  'n/a',
  'na',
  'n.a.',
  '#n/a',
  '#name?',
  '#null!',
  '#ref!',
  '#value!',
  'nan',
  'none',
  '(none)',
  'unknown',
  '(unknown)',
  'undefined',
  'unset',
  'not set',
  '(not set)',
  'not provided',
  'not available',
  'missing',
  'empty',
  '(empty)',
  'blank',
  '(blank)',
  '[]',
  '{}',
  '""',
  "''",
  'redacted',
  'redacted-by-litellm',
  'cache off',
  'litellm_proxy_master_key',
  'not_available',
  'not_provided',
  'not_set',
  'aws internal',
  '[redacted]',
  '<redacted>',
  '0.0.0.0',
  '::',
  '::0',
  '0:0:0:0:0:0:0:0',
  '::ffff:0.0.0.0',
]

/**
 * All-zero and all-f hashes and UUIDs of eight digits or more, masks of three marks or more, long ids that a table program
 * wrote as powers of ten, and hashes of the empty text, as regular expressions
 * over the trimmed, lower-case text. Written so that RE2 (DuckDB) and JavaScript read them alike.
 */
export const PLACEHOLDER_PATTERNS: readonly string[] = [
  '^(0x)?(0-?){7,}0$',
  '^(0x)?(f-?){7,}f$',
  '^[*#x]{3,}$',
  '^[0-9]([.][0-9]+)?e[+][0-9]{2}$', // what a table program makes of a long id: many become one
  '^(d41d8cd98f00b204e9800998ecf8427e|da39a3ee5e6b4b0d3255bfef95601890afd80709|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855)$', // of nothing: MD5, SHA-1, SHA-256
]

/**
 * Addresses that many strangers have at once, or nobody: this network, private (RFC 1918), carrier-grade NAT
 * (RFC 6598), loopback, link-local, protocol assignments, multicast, reserved; in IPv6
 * unspecified, loopback, unique local (RFC 4193), link-local, multicast. IPv4 also in its mapped form.
 * The documentation and benchmarking ranges (RFC 5737, RFC 3849, RFC 2544) are no part of it: examples use them.
 *
 * Regular expressions over the trimmed, lower-case address without port, for RE2 and JavaScript alike.
 */
export const RESERVED_ADDRESS_PATTERNS: readonly string[] = [
  '^(::ffff:)?(0|10|127)([.][0-9]{1,3}){3}$',
  '^(::ffff:)?(22[4-9]|2[34][0-9]|25[0-5])([.][0-9]{1,3}){3}$',
  '^(::ffff:)?192[.]168([.][0-9]{1,3}){2}$',
  '^(::ffff:)?172[.](1[6-9]|2[0-9]|3[01])([.][0-9]{1,3}){2}$',
  '^(::ffff:)?169[.]254([.][0-9]{1,3}){2}$',
  '^(::ffff:)?100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])([.][0-9]{1,3}){2}$',
  '^(::ffff:)?192[.]0[.]0[.][0-9]{1,3}$',
  '^::[01]?$',
  '^(0{1,4}:){7}0{0,3}[01]$',
  '^f[cd][0-9a-f]{2}:',
  '^fe[89ab][0-9a-f]:',
  '^ff[0-9a-f]{2}:',
]

const placeholders = new Set(PLACEHOLDERS)
const placeholderPatterns = PLACEHOLDER_PATTERNS.map((source) => new RegExp(source))
const reservedPatterns = RESERVED_ADDRESS_PATTERNS.map((source) => new RegExp(source))

/** Whether the text stands for "no value"; `null` and `undefined` do. Never throws. */
export function isPlaceholder(text: string | null | undefined): boolean {
  if (text === null || text === undefined) return true
  const folded = text.trim().toLowerCase()
  return placeholders.has(folded) || placeholderPatterns.some((pattern) => pattern.test(folded))
}

/** Whether the text is a private or otherwise reserved address; false for what is no address. Never throws. */
export function isReservedAddress(ip: string): boolean {
  const folded = ip.trim().toLowerCase()
  return reservedPatterns.some((pattern) => pattern.test(folded))
}
