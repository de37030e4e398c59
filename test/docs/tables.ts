import { type Config, defaults } from '../../src/config.ts'
import { INDICATORS, type Indicator } from '../../src/evidence/indicators.ts'
import { CANONICAL_FIELDS, type FieldRole } from '../../src/formats/fields.ts'
import { PLACEHOLDERS } from '../../src/formats/placeholders.ts'
import type { Kind } from '../../src/formats/preset.ts'
import { PRESETS } from '../../src/formats/presets.ts'
import type { Network } from '../../src/model.ts'
import { innocentHypotheses } from '../../src/networks/innocent.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { FAMILY_CAP_BITS, signals } from '../../src/signals/registry.ts'
import { isThing, type Signal } from '../../src/signals/signal.ts'

/** The parts of the pages that are made from the code. */

/** Columns padded as `biome format` pads them, so that what is made here is what the formatter leaves. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((cells) => Array.from(cells[i]!).length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell + ' '.repeat(widths[i]! - Array.from(cell).length)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
export const code = (text: string): string => `\`${text}\``
const codes = (texts: readonly string[]): string => texts.map(code).join(' ')

/** README: what each signal says, and what else makes it fire. */
export const signalTable = (): string =>
  table(
    ['signal', 'family', 'role', 'what it says', 'innocent causes'],
    [...signals, ...orderSignals].map(({ id, family, role, why, innocentCauses }) => [
      `[${code(id)}](docs/signals.md#${id})`,
      family,
      role,
      why,
      innocentCauses.join('; '),
    ]),
  )

/** Detection: the fields each signal on shared values reads, and its m. */
export const agreementTable = (): string =>
  table(
    ['signal', 'reads', 'm', 'kind of value'],
    signals
      .filter(({ fields }) => fields.length > 0)
      .map((signal) => [code(signal.id), codes(signal.fields), String(signal.agreement), kindOfValue(signal)]),
  )

const kindOfValue = (signal: Signal): string =>
  isThing(signal) ? 'one thing' : signal.isIdentifier ? 'one text' : 'a kind'

/** Detection: what every signal measures, those on the order of requests among them. */
export const statisticTable = (): string =>
  table(
    ['signal', 'family', 'role', 'what is measured'],
    [...signals, ...orderSignals].map(({ id, family, role, statistic }) => [code(id), family, role, statistic]),
  )

/** Detection: the bits that each family can count at most. */
export const capList = (): string =>
  Object.entries(FAMILY_CAP_BITS)
    .map(([family, bits]) => `${family} ${bits}`)
    .join(', ')

/** Detection: the wordings that speak of a purpose. */
export const purposeTable = (): string =>
  table(
    ['signal', 'a matching request asks for', 'and has'],
    INDICATORS.map((indicator) => [code(indicator.id), indicator.meaning, limitsOf(indicator)]),
  )

const limitsOf = ({ mostOutputTokens, outputShare }: Indicator): string =>
  [
    ...(mostOutputTokens === undefined ? [] : [`at most ${mostOutputTokens} output tokens`]),
    ...(outputShare === undefined ? [] : [`${outputShare.join(' to ')} times as many output as input tokens`]),
  ].join('; ')

/** Detection: which signals each innocent explanation accounts for. */
export const hypothesisTable = (): string =>
  table(
    ['innocent explanation', 'accounts for', 'would be confirmed by'],
    innocentHypotheses.map(({ name, explains, wouldBeConfirmedBy }) => [
      name,
      codes([...new Set(explains)]),
      wouldBeConfirmedBy,
    ]),
  )

/** Fields: the canonical fields of one role, with their other names. */
export const fieldTable = (role: FieldRole): string =>
  table(
    ['field', 'family', 'other names'],
    CANONICAL_FIELDS.filter((field) => field.role === role).map(({ name, family, aliases }) => [
      code(name),
      family ?? '–',
      codes(aliases),
    ]),
  )

/** Fields: the texts that stand for "no value"; a bar would end the cell of a table, so this is a list. */
export const placeholderList = (): string =>
  PLACEHOLDERS.filter((text) => text !== '')
    .map((text) => code(text))
    .join(' ')

/** What each setting does, and its flag if it has one. A new setting does not compile until it is told here. */
const SETTINGS: Readonly<Record<keyof Config, { readonly flag?: string; readonly meaning: string }>> = {
  seed: { flag: '--seed', meaning: 'where all random draws start; the same seed gives the same report' },
  maxRejectRate: { flag: '--max-reject-rate', meaning: 'share of unreadable records that is accepted before exit 3' },
  memoryMiB: { flag: '--memory', meaning: 'memory of the engine; the process needs some more beside it' },
  threads: { flag: '--threads', meaning: 'threads of the engine; 0 is one per core; the report does not depend on it' },
  maxHoldersPerLink: {
    meaning: 'a value that more accounts hold must pass a test before it links anybody; less in a small log',
  },
  minLinkBits: {
    meaning: 'bits that link two accounts through two families or more; rises with the number of accounts',
  },
  minInstrumentBits: { meaning: 'bits of shared cards or devices that link two accounts on their own' },
  minNetworkSize: { meaning: 'smaller groups are left out' },
  highScoreBits: { meaning: 'score for severity high' },
  mediumScoreBits: { meaning: 'score for severity medium' },
  minHighRequests: { meaning: 'with fewer requests a network is never high' },
  nullDraws: { meaning: 'random groups that each group is compared with' },
  maxFastPairs: {
    meaning:
      'pairs of account and shared value held in memory; past it, address blocks are sampled and the report says so',
  },
  timeZone: { flag: '--time-zone', meaning: 'zone of timestamps that name none, such as `Europe/Vienna`' },
  dedupe: { flag: '--dedupe', meaning: 'each request id of an account counts once, in its earliest record' },
  trustedProxies: {
    flag: '--trusted-proxies',
    meaning: 'addresses and blocks of your own proxies, with commas between; they stand for no client',
  },
  maxExpandedBytes: {
    flag: '--max-expanded',
    meaning: 'bytes that a compressed file may expand to; 0 is 4 GiB or 250 times its size, whichever is more',
  },
}

/** Formats: what is recognised, by kind. */
export const presetTable = (kind: Kind): string =>
  table(
    ['format', 'what it is', 'recognised by'],
    PRESETS.filter((preset) => preset.kind === kind).map(({ id, title, detect }) => [
      code(id),
      title,
      [
        codes(detect.all),
        ...(detect.any.length > 0 ? [`one of ${codes(detect.any)}`] : []),
        ...Object.entries(detect.values).map(
          ([path, pattern]) => `${code(path)} like ${code(pattern.replaceAll('|', '∣'))}`,
        ),
      ]
        .filter((text) => text !== '')
        .join('; ')
        .replaceAll('|', '∣'),
    ]),
  )

/** Short heads for the fields of the coverage table. */
const HEADS: readonly (readonly [string, string])[] = [
  ['timestamp', 'time'],
  ['request_id', 'request'],
  ['trace_id', 'trace'],
  ['account_id', 'account'],
  ['customer_id', 'customer'],
  ['api_key_id', 'key'],
  ['organization_id', 'org'],
  ['end_user_id', 'end user'],
  ['ip', 'ip'],
  ['asn', 'asn'],
  ['country', 'country'],
  ['user_agent', 'agent'],
  ['tls_fingerprint', 'tls'],
  ['device_fingerprint', 'device'],
  ['model', 'model'],
  ['input_tokens', 'in'],
  ['output_tokens', 'out'],
  ['status', 'status'],
  ['system_prompt', 'system'],
  ['user_prompt', 'prompt'],
  ['template_id', 'template'],
  ['tools_hash', 'tools'],
  ['session_id', 'session'],
  ['created_at', 'created'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['referral_code', 'referral'],
  ['card_fingerprint', 'card'],
  ['card_bin', 'bin'],
  ['billing_address_hash', 'address'],
  ['payer_email', 'payer'],
]

/** Formats: which canonical fields each format can fill. */
export const coverageTable = (): string =>
  table(
    ['format', ...HEADS.map(([, head]) => head)],
    PRESETS.map(({ id, fields, time }) => [
      code(id),
      ...HEADS.map(([field]) => ((field === 'timestamp' ? time.length > 0 : fields[field] !== undefined) ? '●' : '')),
    ]),
  )

/** Flags that the table of settings names. */
export const settingFlags = (): string[] => Object.values(SETTINGS).flatMap(({ flag }) => flag ?? [])

/** README: every setting with its default, in the order of the code. */
export const settingTable = (): string =>
  table(
    ['setting', 'default', 'flag', 'meaning'],
    (Object.keys(defaults) as (keyof Config)[]).map((name) => {
      const { flag, meaning } = SETTINGS[name]
      return [code(name), code(String(defaults[name])), flag === undefined ? '' : code(flag), meaning]
    }),
  )

/** README: the score of one network, term by term. */
export function workedScore({ evidence, score, innocentExplanation: { name } }: Network): string {
  const explains = innocentHypotheses.find((each) => each.name === name)!.explains
  const explained = evidence.filter(({ signal }) => explains.includes(signal))
  const left = evidence.filter(({ signal }) => !explains.includes(signal))
  const counted = left.filter(({ countedBits }) => countedBits > 0)
  return [
    `- The innocent explanation that leaves least is "${name}". It accounts for ${codes(explained.map((each) => each.signal))}: these count nothing.`,
    ...left.map(
      ({ family, signal, bits, countedBits }) =>
        `- ${code(signal)} (${family}): ${bits} bits, ${countedBits > 0 ? `of which ${countedBits} count` : `none of which count, since ${family} is at its cap`}.`,
    ),
    `- Sum: ${counted.map(({ countedBits }) => countedBits).join(' + ')} = **${score} bits**.`,
  ].join('\n')
}
