import { Readable } from 'node:stream'
import { analyse } from './analyse.ts'
import { collectCarefully } from './collect.ts'
import { type Config, resolveConfig } from './config.ts'
import { ScanError } from './errors.ts'
import { createDuckDbEngine } from './evidence/duckdb/engine.ts'
import type { ScanResult } from './model.ts'
import { createRandom } from './random.ts'
import { composeResult } from './result.ts'
import { orderSignals } from './signals/order-registry.ts'
import { signals } from './signals/registry.ts'
import { createHasher } from './sources/hash.ts'
import { openSources } from './sources/open.ts'
import { printable } from './sources/printable.ts'
import { openSpool } from './sources/spool.ts'

/** Called while a scan runs, for people who wait; nothing of it enters the result. */
export interface ScanObserver {
  /** A stage begins. */
  stage?(name: string): void
  /** Share in [0, 1] of the running step that is done. */
  progress?(step: string, share: number): void
  /** Something a person should know, one sentence, no row content. */
  warn?(message: string): void
}

export interface ScanOptions {
  /** Files, globs, or `-` for standard input. */
  readonly inputs: readonly string[]
  /** Side files with registration and payment fields, joined on account_id. */
  readonly accounts?: readonly string[]
  /** Canonical field → column. */
  readonly map?: Readonly<Record<string, string>>
  readonly config?: Partial<Config>
  /** What `-` reads; the process's own standard input is passed in by the command line. */
  readonly stdin?: NodeJS.ReadableStream
  readonly signal?: AbortSignal
  /** A scan of no record at all is a result instead of INPUT_EMPTY. */
  readonly allowEmpty?: boolean
  /** Where the private spill folder is made; the system's temporary folder if absent. */
  readonly tempDirectory?: string
  readonly observer?: ScanObserver
}

/**
 * The whole tool in one screen: inputs → sources → evidence → networks (analyse) → result.
 *
 * @returns a JSON-safe document; the same inputs and settings give the same document, whatever the order of rows
 * @throws ScanError for whatever the user can mend (see `ScanErrorCode`)
 */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const { observer, signal } = options
  const config = resolveConfig(options.config ?? {})
  const spool = openSpool(options.tempDirectory)
  const hasher = createHasher()
  const engine = createDuckDbEngine({
    config,
    tempDirectory: spool.directory,
    onProgress: (step, share) => observer?.progress?.(step, share),
  })
  const stop = (): void => engine.interrupt()
  signal?.addEventListener('abort', stop)
  try {
    observer?.stage?.('opening')
    const opened = await openSources({ ...inputsOf(options), signal, spool, hasher })
    for (const warning of opened.warnings) observer?.warn?.(warning)
    if (!opened.sources.some(({ role }) => role === 'log') && !options.allowEmpty) throw nothingToRead(options.inputs)
    observer?.stage?.('reading')
    const collected = await collectCarefully({ engine, sources: opened.sources, map: options.map ?? {}, spool, signal })
    for (const note of collected.notes) observer?.warn?.(note)
    if (collected.evidence.tables.accounts.count === 0 && !options.allowEmpty)
      throw nothingReadable(collected.evidence.intake)
    signal?.throwIfAborted()
    const { evidence } = collected
    const random = createRandom(config.seed)
    const analysis = await analyse(evidence, engine, { signals, orderSignals }, config, random, (name) =>
      observer?.stage?.(name),
    )
    observer?.stage?.('hashing')
    const isDamaged = opened.isDamaged || collected.notes.length > 0
    return await composeResult({ collected, empty: opened.empty, isDamaged, analysis, config })
  } finally {
    signal?.removeEventListener('abort', stop)
    await Promise.allSettled([engine.close(), hasher.close()])
    await spool.dispose()
  }
}

const inputsOf = ({ inputs, accounts, stdin }: ScanOptions) => ({
  inputs,
  accounts: accounts ?? [],
  stdin: (stdin ?? emptyStream()) as Readable,
})

const emptyStream = (): Readable => Readable.from([])

const nothingToRead = (inputs: readonly string[]): ScanError =>
  new ScanError(
    'INPUT_EMPTY',
    inputs.length === 1 ? `'${printable(inputs[0]!)}' is empty` : 'all inputs are empty',
    'Check the export, or pass --allow-empty if an empty log is fine.',
  )

function nothingReadable(intake: readonly { readonly rejected: Readonly<Record<string, number>> }[]): ScanError {
  const reasons = new Map<string, number>()
  for (const { rejected } of intake) {
    for (const [reason, count] of Object.entries(rejected)) reasons.set(reason, (reasons.get(reason) ?? 0) + count)
  }
  const counts = [...reasons].sort(([, a], [, b]) => b - a).map(([reason, count]) => `${count} with ${reason}`)
  const message = `no record could be used${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`
  return new ScanError(
    'INPUT_EMPTY',
    message,
    "See how the columns are read with 'distill-scan inspect FILE', and map them with --map.",
  )
}
