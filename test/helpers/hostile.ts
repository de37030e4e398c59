import fc from 'fast-check'
import type { ScanResult } from '../../src/model.ts'

/** Texts that some reader of a report obeys, would hide, or breaks at. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script>window.ran = true</script>',
  '"><img src=x onerror="window.ran=true">',
  "' onmouseover='window.ran=true' x='",
  '</style><script>window.ran=true</script>',
  '</title></svg><iframe srcdoc="<script>parent.ran=true</script>">',
  '<a href="javascript:window.ran=true">click</a>',
  '&lt;b&gt; &amp;amp; &#x3c;script&#x3e;',
  '<!-- -->]]><![CDATA[',
  '[click](javascript:window.ran=true) ![x](https://203.0.113.9/x.png)',
  '| a | b |\n|---|---|\n# heading ``` `` ` @everyone #1 :bomb:',
  '=HYPERLINK("https://203.0.113.9","x")',
  '+1+1',
  '-2+3|cmd',
  '@SUM(A1)',
  '\t=1',
  '\r\n=1,"2"',
  '\u001b[31mred\u001b[0m\u0007',
  '\u009b2J',
  'invoice\u202egpj.exe',
  '\u2066a\u2069\u200b\ufeff',
  '\ud800 half',
  "'; DROP TABLE x; --",
  '{{7*7}}%s%n$(id)`id`$' + '{7*7}',
  '../../etc/passwd',
  'a'.repeat(5000),
  '',
  ' ',
]

/** One of them, or anything. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

/** What the tool itself writes, out of a fixed set or in a fixed form. Everything else may come from a log. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  ...[
    'severity',
    'claim',
    'confidence',
    'family',
    'signal',
    'status',
    'hash',
    'role',
    'kind',
    'on',
    'version',
    'sha256',
    'prefixes',
  ],
  ...['from', 'to', 'since', 'firstSeen', 'lastSeen', 'identifiers', 'title', 'innocentCauses'],
])

/**
 * The result with `next()` in place of every text that may come from a log or a file's name, keys of counts by reason too.
 * Ids of networks stay, since the tool makes them.
 */
export function plantEverywhere(result: ScanResult, next: () => string): ScanResult {
  return planted(result, '', next) as ScanResult
}

function planted(value: unknown, key: string, next: () => string): unknown {
  if (typeof value === 'string')
    return OWN_KEYS.has(key) || (key === 'id' && /^[a-z0-9-]+$/u.test(value)) ? value : next()
  if (Array.isArray(value)) return value.map((each) => planted(each, key, next))
  if (typeof value !== 'object' || value === null) return value
  if (key === 'tool') return value
  if (key === 'reasons' || key === 'unused') {
    return Object.fromEntries(Object.values(value).map((count, i) => [`${next()}${i}`, count]))
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, planted(each, name, next)]))
}
