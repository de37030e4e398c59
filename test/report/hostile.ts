import fc from 'fast-check'
import type { ScanResult } from '../../src/model.ts'
import { aFullResult, aNetwork, anEvidence, anInput } from '../helpers/results.ts'

/** Texts that try to be something else in a terminal, in Markdown, in HTML or in a spreadsheet. */
export const TRICKS = [
  ...[
    '',
    ' ',
    '`',
    '``',
    '`a``b```',
    '|',
    '\\|',
    '\\\\|',
    'a|b\\',
    '\\',
    '\n# heading',
    '\r\n- item',
    '\u2028x',
    '\u0085x',
  ],
  ...['[x](https://example.org)', '![x](//example.org/a.png)', '[x]: https://example.org', '<https://example.org>'],
  ...[
    'https://example.org/a',
    'www.example.org',
    'ada@example.org',
    '@ada',
    '@org/team',
    '#123',
    'GH-123',
    'org/repo#1',
  ],
  ...[
    ':x:',
    ':+1:',
    '**b**',
    '__b__',
    '~~s~~',
    '*',
    '_',
    '> quote',
    '1. item',
    '---',
    '***',
    '===',
    '| a | b |\n|---|---|',
  ],
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<!--',
    '-->',
    '</details>',
    '&lt;b&gt;',
    '&#60;',
    '<b',
    '$x$',
  ],
  ...[
    '```js\nx\n```',
    '~~~',
    '    code',
    '\tcode',
    '[^1]',
    '- [x] done',
    'deadbeef',
    '0123456789abcdef',
    'TICKET-12',
    '$`x`$',
  ],
  ...[
    '\u001b[31m',
    '\u001b]8;;https://example.org\u0007',
    '\u202eabc',
    'a\u200bb',
    '\u0000',
    '\ud800',
    '\u00a0',
    'é',
    '漢字',
  ],
  ...[
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    '"',
    '"",=1',
    ';=1',
    "'=1",
    ',',
    '=HYPERLINK("x")',
  ],
  ...['x'.repeat(5000), '`'.repeat(300), '|'.repeat(300), '漢'.repeat(3000)],
]

/** A trick, several in a row, or anything at all. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TRICKS),
  fc.array(fc.constantFrom(...TRICKS), { maxLength: 4 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 80 }),
)

/** The full result with `text` in every place that a log, a file name or a setting of the user fills. */
export function resultWith(text: string): ScanResult {
  const full = aFullResult()
  const held = { field: 'user_agent', value: text }
  return {
    ...full,
    seed: text,
    settings: { trustedProxies: text },
    inputs: [
      anInput({
        path: text,
        preset: text,
        unused: { [text]: 2 },
        rejected: { count: 1, reasons: { [text]: 1 }, first: [] },
        damage: [text],
      }),
    ],
    coverage: [{ family: 'payment', tested: false, why: text }],
    notes: [text],
    suppressedValues: [{ ...held, accounts: 3, reason: text }],
    explained: [{ accounts: [text], accountCount: 1, explanation: text, basis: 'declaration', uncovered: [text] }],
    networks: [
      aNetwork({
        accounts: [text, 'acct_1'],
        evidence: [
          anEvidence({ summary: text, values: [{ ...held, inside: 2, outside: 0 }] }),
          anEvidence({ family: 'client', countedBits: 0, summary: text }),
        ],
        fragile: { dependsOn: text },
        innocentExplanation: { name: text, residualBits: 1, wouldBeConfirmedBy: text },
        models: [{ model: text, requests: 4 }],
        capabilities: [{ capability: text, requests: 4 }],
        members: [text, 'acct_1'].map((accountId) => ({
          ...{ accountId, cell: 0, requests: 5, outputTokens: 6, firstSeen: null, lastSeen: null },
          links: [{ ...held, bits: 9.5 }],
        })),
      }),
    ],
  }
}
