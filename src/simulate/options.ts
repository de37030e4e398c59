import { ScanError } from '../errors.ts'
import { isPreset, type PresetName, presetScenarios } from './presets.ts'
import type { ScenarioChoice } from './scenarios.ts'

/** The columns of a log row, in order; payment and organisation follow unless they are in the side file only. */
export const LOG_FIELDS = [
  'timestamp',
  'request_id',
  'account_id',
  'ip',
  'asn',
  'country',
  'user_agent',
  'tls_fingerprint',
  'device_fingerprint',
  'model',
  'capability',
  'input_tokens',
  'output_tokens',
  'status',
  'latency_ms',
  'system_prompt_hash',
  'tools_hash',
  'prompt_hash',
  'session_id',
  'stop_reason',
] as const
export const PAYMENT_FIELDS = [
  'card_fingerprint',
  'card_bin',
  'card_last4',
  'card_expiry',
  'billing_name_hash',
  'billing_address_hash',
  'organization_id',
] as const
/** Columns that are written only if `fields` names them: they cost room, and many exports lack them. */
export const OPTIONAL_FIELDS = ['end_user_id', 'signature_hash', 'system_prompt', 'user_prompt'] as const
export type LogField = (typeof LOG_FIELDS)[number] | (typeof PAYMENT_FIELDS)[number] | (typeof OPTIONAL_FIELDS)[number]

/** What to simulate. Equal options give equal bytes. */
export interface SimulateOptions {
  /** Folder for `logs.*`, `accounts.csv` and `labels.csv`; made if absent. */
  readonly out: string
  readonly seed: string
  /** Target number of requests; the background's volume is fitted to it, the campaigns keep their rates if they can. */
  readonly requests: number
  readonly days: number
  /** Start of the window, UTC; cut to midnight. */
  readonly startMs: number
  /** People of the background, beside the scenarios' accounts. */
  readonly accounts: number
  /**
   * Requests in the window that the median stranger makes at least, if the target cuts strangers at all: the busy are
   * then cut more than the quiet. 0: all are cut alike.
   */
  readonly strangerMedian: number
  /** Scenarios with knobs, or the name of a preset. */
  readonly scenarios: readonly ScenarioChoice[] | PresetName
  readonly format: 'ndjson' | 'csv'
  /** A fresh address for every request of everybody: the hard case for the reader. */
  readonly rotateIp: boolean
  /** Payment columns in `accounts.csv` only. */
  readonly paymentInSideFile: boolean
  /** Placeholders, a load balancer's address and a container image's device hash among the values. */
  readonly dirty: boolean
  /** Compresses the log; the name ends in `.gz`. */
  readonly gzip: boolean
  readonly timestamps: 'epoch-ms' | 'iso'
  /** Broken lines spread over the log. */
  readonly malformed: number
  /** Columns of the log to write; `timestamp` and `account_id` always are. */
  readonly fields: readonly LogField[]
  /** Hexadecimal digits of hashes in the log, 6 to 16. */
  readonly hashDigits: number
  /** Engine threads; 0: one per core. Does not change the bytes. */
  readonly threads: number
  /** Engine memory, MiB. */
  readonly memoryMiB: number
}

/** 1 June 2026, so that a run without `startMs` is the same every day. */
export const DEFAULT_START_MS = Date.UTC(2026, 5, 1)

const shared = {
  seed: 'distill-scan',
  startMs: DEFAULT_START_MS,
  format: 'ndjson',
  strangerMedian: 0,
  rotateIp: false,
  paymentInSideFile: false,
  dirty: false,
  gzip: false,
  timestamps: 'epoch-ms',
  malformed: 0,
  fields: [...LOG_FIELDS, ...PAYMENT_FIELDS],
  hashDigits: 16,
  threads: 0,
  memoryMiB: 700,
} as const satisfies Partial<SimulateOptions>

const SHORT_FIELDS = [
  'timestamp',
  'account_id',
  'ip',
  'user_agent',
  'device_fingerprint',
  'model',
  'input_tokens',
  'output_tokens',
  'status',
  'system_prompt_hash',
] as const satisfies readonly LogField[]

/** Sizes that go with a preset. `demo` and `innocent` are small enough for a repository: few columns, short hashes. */
const sizes: Readonly<Record<PresetName, Partial<SimulateOptions>>> = {
  demo: {
    requests: 7000,
    days: 7,
    accounts: 2300,
    paymentInSideFile: true,
    dirty: true,
    fields: SHORT_FIELDS,
    hashDigits: 10,
  },
  innocent: {
    requests: 2900,
    days: 7,
    accounts: 150,
    paymentInSideFile: true,
    dirty: true,
    fields: SHORT_FIELDS,
    hashDigits: 10,
  },
  bench: { requests: 1_000_000, days: 14, accounts: 20_000, dirty: true },
  flagship: { requests: 28_800_000, days: 45, accounts: 60_000, dirty: true },
  campaigns: { requests: 200_000, days: 14, accounts: 2000 },
  plain: { requests: 50_000, days: 14, accounts: 1000 },
}

/**
 * A complete set of options: what is given, else what belongs to the preset, else the defaults.
 *
 * @throws ScanError USAGE for an unknown preset or a number out of range
 */
export function resolveOptions(given: Partial<SimulateOptions> & Pick<SimulateOptions, 'out'>): SimulateOptions {
  const scenarios = given.scenarios ?? 'bench'
  if (typeof scenarios === 'string' && !isPreset(scenarios)) {
    throw new ScanError('USAGE', `unknown preset '${scenarios}'`, `Use one of: ${Object.keys(sizes).join(', ')}.`)
  }
  const size = sizes[typeof scenarios === 'string' ? scenarios : 'plain']
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const options = { ...shared, ...size, scenarios, ...set } as SimulateOptions
  checkRange('requests', options.requests, 1, 1e9)
  checkRange('days', options.days, 1, 730)
  checkRange('accounts', options.accounts, 0, 5e6)
  checkRange('strangerMedian', options.strangerMedian, 0, 1e6)
  checkRange('hashDigits', options.hashDigits, 6, 16)
  checkRange('malformed', options.malformed, 0, 1e6)
  const startMs = Math.floor(options.startMs / 86_400_000) * 86_400_000
  const known: readonly LogField[] = [...LOG_FIELDS, ...PAYMENT_FIELDS, ...OPTIONAL_FIELDS]
  const unknown = options.fields.find((each) => !known.includes(each))
  if (unknown !== undefined)
    throw new ScanError('USAGE', `unknown column '${unknown}'`, `Use some of: ${known.join(', ')}.`)
  return { ...options, days: Math.round(options.days), startMs }
}

function checkRange(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max))
    throw new ScanError('USAGE', `'${name}' is out of range`, `Give ${min} to ${max}.`)
}

/** The scenarios of these options; those of `bench` grow with the background. */
export const chosenScenarios = (options: SimulateOptions): readonly ScenarioChoice[] =>
  typeof options.scenarios === 'string' ? presetScenarios(options.scenarios, options.accounts) : options.scenarios
