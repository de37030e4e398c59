import { type Command, InvalidArgumentError, Option } from 'commander'
import { SEVERITIES, type Severity } from '../model/severity.ts'
import { REPORT_FORMATS, type ReportFormat, reports } from '../report/registry.ts'
import { type ClickHouseFlags, declareClickHouse } from './clickhouse-options.ts'
import type { ConfigFile } from './config/file.ts'
import { wholeNumber } from './numbers.ts'

/** Flags that every command with a report knows. */
export interface CommonFlags {
  readonly color?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  /** `true`: lines, whatever the terminal; `false`: nothing. */
  readonly progress?: boolean
}

/** Flags that say how inputs are read. */
export interface ReadingFlags extends CommonFlags {
  readonly accounts?: readonly string[]
  /** As given, `field=column` each. */
  readonly map?: readonly string[]
  /** As given, `id` or `file=id` each. */
  readonly inputFormat?: readonly string[]
  /** Column names of files without a header. */
  readonly columns?: readonly string[]
  /** Addresses and blocks, as given. */
  readonly trustedProxies?: readonly string[]
  readonly timeZone?: string
  /** Bytes. */
  readonly maxExpanded?: number
  /** A file with settings and presets; `false` for none. */
  readonly config?: string | false
  /** What is in it, or in the file that was found; filled in before the command runs. */
  readonly configFile?: ConfigFile
}

/** Files with what people know of accounts. */
export interface ReviewFlags {
  readonly known?: readonly string[]
  readonly labels?: readonly string[]
}

/** Flags of whatever scans. */
export interface EngineFlags extends ReadingFlags, ReviewFlags {
  readonly dedupe?: boolean
  readonly seed?: string
  readonly memory?: number
  readonly threads?: number
  readonly tempDir?: string
  readonly allowEmpty?: boolean
  readonly maxRejectRate?: number
}

export interface ScanFlags extends EngineFlags, ClickHouseFlags {
  /** Where every rejected record is named. */
  readonly rejects?: string
  /** Without it the ending of the output's name tells. */
  readonly format?: ReportFormat
  readonly output?: string
  /** Further reports of the same scan. */
  readonly also?: readonly string[]
  readonly top?: number
  readonly minSeverity?: Severity
  readonly details: number
  readonly failOn?: Severity
  /** A saved JSON report that the scan is compared with; `-` for standard input. */
  readonly baseline?: string
  /** A case: evidence of earlier nights. */
  readonly case?: string
  /** Only what is new, grown, merged or split. */
  readonly sinceLast?: boolean
  readonly reveal?: boolean
  /** Folder for lists to search other logs with. */
  readonly pivot?: string
  /** A file with a key. */
  readonly pseudonymize?: string
}

export interface ExplainFlags extends EngineFlags {
  /** A saved report; `-` for standard input. */
  readonly from?: string
  /** A case: what it holds is explained. */
  readonly case?: string
  readonly format: 'table' | 'json'
  readonly output?: string
  readonly reveal?: boolean
  /** A file with a key. */
  readonly pseudonymize?: string
}

export interface InspectFlags extends ReadingFlags {
  readonly format: 'table' | 'json'
}

export interface SqlFlags extends ReadingFlags, ClickHouseFlags {
  readonly dialect: 'duckdb' | 'clickhouse'
}

export interface FormatsFlags extends CommonFlags {
  readonly format: 'table' | 'json'
  readonly config?: string | false
  readonly configFile?: ConfigFile
}

export interface EvaluateFlags extends CommonFlags {
  readonly labels?: string
  readonly format: 'table' | 'json'
  readonly output?: string
  readonly minSeverity: Severity
  readonly minSize: number
}

/** Declares the flags of `scan`. */
export function declareScan(command: Command): Command {
  const format = new Option('--format <format>', 'output format (default: what the ending of -o names, else table)')
  return declareScanning(command, format.choices([...REPORT_FORMATS]))
}

/** Declares the flags of `config`: those of the scan that it is asked about, but for the format. */
export function declareConfig(command: Command): Command {
  return declareScanning(command, new Option('--format <format>', 'format of the answer').choices(['table', 'json']))
}

function declareScanning(command: Command, format: Option): Command {
  const reading = declareReading(command)
    .addOption(format)
    .option('-o, --output <file>', 'write the report to a file, whole or not at all; - is standard output')
    .option('--also <file>', 'one more report of the same scan, its format told by its ending; repeatable', collect)
    .option('--top <n>', 'print at most n networks', wholeNumber(1))
    .addOption(
      new Option(
        '--min-severity <severity>',
        `leave out networks below it (default: medium for ${REPORT_FORMATS.filter((each) => reports[each].minSeverity === 'medium').join(', ')}; all for the others)`,
      ).choices([...SEVERITIES]),
    )
    .option('--details <n>', 'networks the table and markdown reports describe in full', wholeNumber(0), 5)
    .option('--case <file>', 'evidence of earlier nights, to which this scan is added; made if it is not there')
    .option('--baseline <report>', 'an earlier JSON report: networks keep their ids, and what changed is said')
    .option('--since-last', 'leave out networks that are not new, grown, merged or split since the earlier report')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit 1 if a network is of that severity or above; with an earlier report, if such a one is new, grown, merged or split',
      ).choices([...SEVERITIES]),
    )
    .option('--rejects <file>', 'name every rejected record in a file, one JSON object a line')
    .addOption(
      new Option(
        '--pivot <folder>',
        'write lists to grep with: accounts, cards, address blocks, templates, devices',
      ).conflicts('pseudonymize'),
    )
    .option('--reveal', 'show e-mail and IP addresses, card fingerprints and names whole')
    .addOption(pseudonyms().conflicts('reveal'))
  return declareEngine(declareClickHouse(reading))
}

/** Declares the flags of `explain`. */
export function declareExplain(command: Command): Command {
  const scanning = [
    ...['accounts', 'map', 'inputFormat', 'columns', 'trustedProxies', 'timeZone', 'maxExpanded', 'config'],
    ...['dedupe', 'seed', 'memory', 'threads', 'tempDir', 'allowEmpty', 'maxRejectRate', 'known', 'labels'],
  ]
  const files = ['accounts', 'map', 'inputFormat', 'columns', 'trustedProxies', 'timeZone', 'dedupe']
  const reading = declareReading(command.argument('<id>', 'an account, or a network of the report'))
    .addOption(
      new Option('--from <report>', 'a saved JSON report instead of logs; - is standard input').conflicts(scanning),
    )
    .addOption(new Option('--case <file>', 'what a case holds, instead of logs').conflicts(['from', ...files]))
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .option('-o, --output <file>', 'write the answer to a file, whole or not at all; - is standard output')
    .option('--reveal', 'show e-mail and IP addresses, card fingerprints and names whole')
    .addOption(pseudonyms().conflicts('reveal'))
  return declareEngine(reading)
}

function declareEngine(command: Command): Command {
  const settings = command
    .option('--known <file>', 'CSV of accounts that an owner answers for: explained, not ranked; repeatable', collect)
    .option('--labels <file>', 'CSV of accounts that reviews confirmed or cleared; repeatable', collect)
    .option('--dedupe', 'count each request id of an account once')
    .option('--seed <text>', 'seed of every random draw; printed in the report')
  return declareMachine(settings)
    .option('--allow-empty', 'a log without any record is a result, not an error')
    .option('--max-reject-rate <share>', 'unreadable records in [0, 1] that are accepted (default: 0.01)', share)
    .option('--quiet', 'nothing on standard error but errors')
    .option('--verbose', 'settings and all named rejects on standard error')
}

/** Declares the flags of `sql`. */
export function declareSql(command: Command): Command {
  const dialect = new Option('--dialect <dialect>', 'engine whose SQL is printed').choices(['duckdb', 'clickhouse'])
  return declareClickHouse(declareReading(command).addOption(dialect.makeOptionMandatory()))
}

/** Declares the flags of `inspect`. */
export function declareInspect(command: Command): Command {
  return declareReading(command).addOption(
    new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'),
  )
}

/** Declares the flags of `formats`. */
export function declareFormats(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .option('--config <file>', 'JSON file with presets of your own (default: found upwards)')
    .option('--no-config', 'use no such file')
    .option('--color', 'colour the table whatever the terminal')
    .option('--no-color', 'never colour the table')
}

/** Declares the flags of `evaluate`. */
export function declareEvaluate(command: Command): Command {
  return command
    .argument('[report]', 'JSON report of a scan (--format json); - is standard input')
    .option('--labels <file>', 'the truth: CSV with account_id, network, class, kind')
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .option('-o, --output <file>', 'write the figures to a file; - is standard output')
    .addOption(
      new Option('--min-severity <severity>', 'networks below it count as not reported')
        .choices([...SEVERITIES])
        .default('low'),
    )
    .option('--min-size <n>', 'smallest network, reported or true', wholeNumber(1), 3)
    .option('--color', 'colour the table whatever the terminal')
    .option('--no-color', 'never colour the table')
    .option('--quiet', 'nothing on standard error but errors')
}

/** The flag that names the key of pseudonyms. */
export const pseudonyms = (): Option =>
  new Option('--pseudonymize <keyfile>', 'put pseudonyms for account ids and all values, by the key in a file')

/** What the result does not depend on. */
export function declareMachine(command: Command): Command {
  return command
    .option('--memory <mib>', 'memory bound of the engine, MiB (default: 600)', wholeNumber(128))
    .option(
      '--threads <n>',
      'threads of the engine (default: one per core, as far as its memory carries)',
      wholeNumber(1),
    )
    .option('--temp-dir <folder>', 'where to spill (default: the system temporary folder)')
    .option('--progress', 'say every second how far the work is, in lines (default: one moving line, on a terminal)')
    .option('--no-progress', 'never say how far the work is')
}

function declareReading(command: Command): Command {
  return command
    .argument('[files...]', 'files, folders or globs in any format that `formats` lists; - is standard input')
    .option('--accounts <file>', 'side file with registration and payment fields; repeatable', collect)
    .option('--map <field=column>', 'fill a canonical field from a column; repeatable', collect)
    .option('--input-format <[file=]id>', 'preset of the logs or of one file; generic for none; repeatable', collect)
    .option('--columns <names>', 'column names of tables without a header, with commas between', names)
    .option('--trusted-proxies <list>', 'addresses and blocks of your own proxies, with commas between', names)
    .option('--time-zone <zone>', 'zone of timestamps that name none (default: UTC)')
    .option('--max-expanded <size>', 'most that a compressed file may expand to, such as 20G', size)
    .option(
      '--config <file>',
      'JSON file with settings, presets and flags (default: distill-scan.config.json, upwards)',
    )
    .option('--no-config', 'use no such file')
    .option('--color', 'colour the report whatever the terminal')
    .option('--no-color', 'never colour the report')
}

const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value]

/** Several flags and several names in one add up. */
const names = (value: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  ...value.split(',').map((name) => name.trim()),
]

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 }

/** Bytes of `512M`, `20G`, `1.5GiB` or a plain number. */
function size(text: string): number {
  const { number, unit = '' } = /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>[KMGT])?(?:i?B)?$/iu.exec(text)?.groups ?? {}
  const bytes = Math.floor(Number(number) * UNITS[unit.toUpperCase()]!)
  if (!(bytes >= 1)) throw new InvalidArgumentError('It must be a size such as 500M or 20G.')
  return bytes
}

function share(text: string): number {
  const value = Number(text)
  if (!/^\d*\.?\d+$/u.test(text) || !(value <= 1)) throw new InvalidArgumentError('It must be a share from 0 to 1.')
  return value
}
