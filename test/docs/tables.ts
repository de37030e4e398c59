import { FILE_KEYS } from '../../src/cli/config/keys.ts'
import { INDICATORS, type Indicator } from '../../src/evidence/indicators.ts'
import { CANONICAL_FIELDS, type FieldRole } from '../../src/formats/fields.ts'
import { PLACEHOLDERS } from '../../src/formats/placeholders.ts'
import type { Kind } from '../../src/formats/preset.ts'
import { PRESETS } from '../../src/formats/presets.ts'
import type { Network } from '../../src/model.ts'
import { innocentHypotheses } from '../../src/networks/innocent.ts'
import { SETTINGS, type Setting } from '../../src/settings.ts'
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

const settings: readonly (readonly [string, Setting])[] = Object.entries(SETTINGS)

/** Flags that the table of settings names. */
export const settingFlags = (): string[] => settings.flatMap(([, { flag }]) => flag ?? [])

/** README: every setting, in the order of the code. */
export const settingTable = (): string =>
  table(
    ['setting', 'default', 'unit', 'range', 'flag', 'meaning', 'why'],
    settings.map(([name, { default: value, unit, least, most, flag, meaning, reason }]) => [
      code(name),
      value === '' ? '' : code(String(value)),
      unit ?? '',
      least === undefined ? '' : most === undefined ? `${least} or more` : `${least} to ${most}`,
      flag === undefined ? '' : code(flag),
      meaning,
      reason,
    ]),
  )

/** README: what stands for flags in the configuration file. */
export const fileKeyTable = (): string =>
  table(
    ['key', 'meaning'],
    Object.entries(FILE_KEYS).map(([key, { meaning }]) => [code(key), meaning]),
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
