import type { Readable } from 'node:stream'
import type { Config } from './config.ts'
import { ScanError } from './errors.ts'
import { parquetToNdjson } from './evidence/duckdb/parquet.ts'
import type { Preset } from './formats/preset.ts'
import { PRESETS } from './formats/presets.ts'
import { createRecogniser } from './formats/recognise.ts'
import { parseTrustedProxies } from './formats/values/address.ts'
import { type FilePlan, planFiles } from './intake/plan.ts'
import type { TranslateFileOptions } from './intake/translate-file.ts'
import type { Hasher } from './sources/hash.ts'
import { type OpenedSources, type OpenOptions, openSources } from './sources/open.ts'
import { printable } from './sources/printable.ts'
import { sniff } from './sources/sniff.ts'
import type { Source } from './sources/source.ts'
import type { Spool } from './sources/spool.ts'

/** What is to be read, and how. */
export interface ReadingOptions {
  /** Files, folders, globs, or `-` for standard input. */
  readonly inputs: readonly string[]
  /** Side files with registration and payment fields. */
  readonly accounts?: readonly string[]
  /** Canonical field → column. */
  readonly map?: Readonly<Record<string, string>>
  /** File as named → id of its preset, `generic` for none; `*` for all logs that are not named. */
  readonly inputFormats?: Readonly<Record<string, string>>
  /** Column names of tables without a header. */
  readonly columns?: readonly string[]
  /** Presets beside the built-in ones; one with the same id takes its place. */
  readonly presets?: readonly Preset[]
}

export interface PrepareOptions extends ReadingOptions {
  readonly config: Config
  readonly stdin: Readable
  readonly signal: AbortSignal | undefined
  readonly spool: Spool
  readonly hasher: Hasher
  /** Tables of a server, beside the files. */
  readonly tables?: readonly Source[]
  /** Rejects of each file that are named one by one; 100 if left out. */
  readonly maxRejects?: number
  /** Told while a pipe is copied, and while a file is read record by record. */
  readonly onCopied?: OpenOptions['onCopied']
  readonly onRead?: TranslateFileOptions['onRead']
}

/** Inputs that were found and recognised, and what is to be done with each. */
export interface Prepared {
  readonly plans: readonly FilePlan[]
  readonly opened: OpenedSources
  readonly reading: TranslateFileOptions
  /** One sentence each. */
  readonly warnings: readonly string[]
}

/** @throws ScanError for the first file that cannot be scanned */
export function requireReadable({ plans }: Prepared): void {
  for (const { problem } of plans) if (problem !== null) throw problem
}

/**
 * Finds the inputs, recognises each by its content, and plans how it is read. Nothing but beginnings is read yet, except
 * of pipes (which are copied) and Parquet files (which are written again as NDJSON).
 *
 * @throws ScanError for whatever the user can mend
 */
export async function prepareInputs(options: PrepareOptions): Promise<Prepared> {
  const { config, spool, signal } = options
  const presets = withOwn(options.presets ?? [])
  const inputFormats = checkFormats(options.inputFormats ?? {}, presets)
  const opened = await openSources({ ...options, accounts: options.accounts ?? [], signal })
  const files = await Promise.all(opened.sources.map((source) => readableSource(source, options)))
  const sources = [...(options.tables ?? []), ...files]
  const proxies = config.trustedProxies.split(',').filter((each) => each.trim() !== '')
  const recognise = createRecogniser(presets)
  const hasTrusted = proxies.length > 0
  const plans = planFiles(sources, {
    ...{ presets, recognise, inputFormats },
    map: options.map ?? {},
    hasTrustedProxies: hasTrusted,
    maxExpandedBytes: config.maxExpandedBytes,
  })
  const mayJoin = plans.some(({ source }) => source.role === 'edge') || plans.some(hasBoth)
  const isTrusted = parseTrustedProxies(proxies)
  const maxExpandedBytes = config.maxExpandedBytes
  const { maxRejects = 100 } = options
  const reading = {
    spool,
    signal,
    recognise,
    isTrusted,
    hasTrusted,
    mayJoin,
    maxExpandedBytes,
    maxRejects,
    onRead: options.onRead,
  }
  const { kept, warnings } = leaveOut(plans, opened.found)
  return {
    plans: kept,
    opened,
    reading,
    warnings: [...opened.warnings, ...warnings, ...unusedColumns(options, sources)],
  }
}

/** A file that happens to lie in a folder of logs, and is none, is left out with a word. */
function leaveOut(plans: readonly FilePlan[], found: ReadonlySet<string>) {
  const isStray = ({ source, problem }: FilePlan): boolean =>
    problem?.code === 'INPUT_UNMAPPED' && found.has(source.name) && source.role !== 'accounts'
  const strays = plans.filter(isStray)
  const kept = strays.length < plans.length ? plans.filter((plan) => !isStray(plan)) : plans
  return { kept, warnings: kept === plans ? [] : strays.map(({ problem }) => `${problem!.message}: left out`) }
}

/** Names that the user gave, and that no file needed. */
function unusedColumns({ columns }: ReadingOptions, sources: readonly Source[]): readonly string[] {
  if (columns === undefined || sources.some(({ dialect }) => dialect?.headerLines === 0)) return []
  return ['--columns was not used: no file is a table without a header']
}

/** A file that holds requests and, in other records, what an edge saw of them. */
const hasBoth = ({ view, source }: FilePlan): boolean =>
  source.role === 'log' && ['request', 'edge'].every((kind) => view.presets.some((preset) => preset?.kind === kind))

function withOwn(own: readonly Preset[]): readonly Preset[] {
  const ids = new Set(own.map(({ id }) => id))
  return [...own, ...PRESETS.filter(({ id }) => !ids.has(id))]
}

function checkFormats(
  given: Readonly<Record<string, string>>,
  presets: readonly Preset[],
): ReadonlyMap<string, string> {
  for (const id of Object.values(given)) {
    if (id === 'generic' || presets.some((preset) => preset.id === id)) continue
    const hint = "See 'distill-scan formats'; generic recognises columns by their names."
    throw new ScanError('USAGE', `--input-format: no format '${printable(id, 60)}'`, hint)
  }
  return new Map(Object.entries(given))
}

/** Columns become lines: everything after that is as for NDJSON. */
async function readableSource(source: Source, { spool, config, signal }: PrepareOptions): Promise<Source> {
  if (source.container !== 'parquet') return source
  const path = spool.nextPath('.ndjson.zst')
  try {
    await parquetToNdjson(source.path, path, { memoryMiB: config.memoryMiB, ...(signal ? { signal } : {}) })
  } catch (error) {
    if (error instanceof ScanError) throw error
    const message = `'${printable(source.name)}' is a Parquet file that is damaged or cut short`
    throw new ScanError('INPUT_UNREADABLE', message, 'Copy or export it again.', { cause: error })
  }
  const sniffed = await sniff(path, source.name)
  return { ...source, ...sniffed, container: 'ndjson', path, givenContainer: 'parquet' }
}
