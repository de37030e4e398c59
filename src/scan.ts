import { Readable } from 'node:stream'
import { type Analysis, analyse } from './analyse.ts'
import { type NightInCase, openNight } from './casefile/night.ts'
import { createCheckpoint } from './checkpoint.ts'
import { type Collected, collectCarefully, damageOf, tellRejects } from './collect.ts'
import { type Config, resolveConfig } from './config.ts'
import type { ClickHouseOptions } from './evidence/clickhouse/options.ts'
import type { EvidenceEngine } from './evidence/engine.ts'
import type { ScanResult } from './model.ts'
import { endedWarnings, resolveReview, type Statements } from './networks/review.ts'
import { type OpenedEngine, openEngine } from './open-engine.ts'
import { prepareInputs, type ReadingOptions, requireReadable } from './prepare.ts'
import { createTeller, type ProgressListener, type Teller } from './progress.ts'
import { createRandom } from './random.ts'
import { rejectRate } from './reject-rate.ts'
import { requireAccounts, requireLog } from './require.ts'
import { composeResult, MAX_FIRST_REJECTS } from './result.ts'
import { orderSignals } from './signals/order-registry.ts'
import { signals } from './signals/registry.ts'
import { createHasher } from './sources/hash.ts'
import { openSpool } from './sources/spool.ts'

/** Called while a scan runs, for people who wait; nothing of it enters the result. */
export interface ScanObserver {
  /** A stage begins. */
  stage?(name: string): void
  /** How far the running step is, several times a second. */
  progress?: ProgressListener
  /** Something a person should know, one sentence, no row content. */
  warn?(message: string): void
  /** What the reading took, one sentence, once it is over. */
  note?(message: string): void
}

/** A record that could not be used. Never its content. */
export interface RejectedRecord {
  readonly path: string
  /** Physical line on which it begins, 1-based; 0 where it is not known. */
  readonly line: number
  readonly reason: string
}

export interface ScanOptions extends ReadingOptions, Statements {
  readonly config?: Partial<Config>
  /** Requests in a table of a server instead of files; `inputs` is empty then. */
  readonly clickhouse?: ClickHouseOptions
  /** What `-` reads; the process's own standard input is passed in by the command line. */
  readonly stdin?: NodeJS.ReadableStream
  readonly signal?: AbortSignal
  /** A scan of no record at all is a result instead of INPUT_EMPTY. */
  readonly allowEmpty?: boolean
  /** A case file: evidence of earlier nights, to which tonight's is added. Made if it is not there. */
  readonly caseFile?: string
  /** With a case: told the result before the night is added, to write it down; if that fails, nothing is added. */
  readonly beforeKept?: (result: ScanResult) => Promise<void>
  /** Where the private spill folder is made; the system's temporary folder if absent. */
  readonly tempDirectory?: string
  readonly observer?: ScanObserver
  /** Told every rejected record, by input and line, once all are read. Without it the first hundred of each file are kept. */
  readonly onReject?: (reject: RejectedRecord) => void | Promise<void>
}

/**
 * The whole tool in one screen: inputs → plans (prepare) → evidence (collect) → networks (analyse) → result.
 *
 * @returns a JSON-safe document; the same inputs and settings give the same document, whatever the order of rows
 * @throws ScanError for whatever the user can mend (see `ScanErrorCode`)
 */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const { observer, signal } = options
  const config = resolveConfig(options.config ?? {})
  const night = options.caseFile === undefined ? null : await openNight(options.caseFile)
  const spool = openSpool(options.tempDirectory)
  const hasher = createHasher()
  const maxRejects = options.onReject ? Number.POSITIVE_INFINITY : MAX_FIRST_REJECTS
  const teller = observer?.progress && createTeller(observer.progress.bind(observer), hasher.hashedBytes)
  const stage = stageOf(observer, teller)
  let opened: OpenedEngine | null = null
  const stop = (): void => opened?.engine.interrupt()
  signal?.addEventListener('abort', stop)
  try {
    stage('opening')
    opened = await openEngine(options, {
      ...{ config, tempDirectory: spool.directory, maxRejects },
      onStage: stage,
      ...(teller && { onProgress: teller.onEngine }),
    })
    if (signal?.aborted) stop() // while it was opened nobody was there to be told
    const { engine, tables, afterword } = opened
    const stdin = (options.stdin ?? Readable.from([])) as Readable
    const given = await prepareInputs({
      ...{ ...options, ...teller, config, stdin, signal, spool, hasher, maxRejects, tables },
    })
    const prepared = night === null ? given : await night.leaveOutKnown(given)
    for (const warning of prepared.warnings) observer?.warn?.(warning)
    requireReadable(prepared)
    const mayBeEmpty = options.allowEmpty || night?.hasKnown() === true
    if (!mayBeEmpty) requireLog(prepared, options.inputs)
    const collected = await collectCarefully(engine, teller?.prepared(prepared) ?? prepared)
    for (const warning of damageOf(collected)) observer?.warn?.(warning)
    if (!mayBeEmpty) requireAccounts(collected, options.clickhouse)
    const random = createRandom(config.seed)
    const review = resolveReview(options, collected.evidence.tables.accounts, endOf(collected, night))
    for (const warning of review.warnings) observer?.warn?.(warning)
    const detectors = { signals, orderSignals, orderHistory: night?.orderHistory }
    const checkpoint = createCheckpoint(signal, teller?.onComputed)
    const analysing = { detectors, config, random, review, checkpoint }
    const analysis = await analyse(collected.evidence, engine, analysing, stage)
    for (const warning of endedWarnings(review, analysis.confirmed.expired)) observer?.warn?.(warning)
    stage('hashing')
    for (const said of afterword()) observer?.note?.(said)
    if (options.onReject) await tellRejects(collected, options.onReject)
    const result = await composeResult({ collected, opened: prepared.opened, analysis, config, options })
    return night === null
      ? result
      : await endNight(night, { result, analysis, collected, engine }, config, { ...options, stage })
  } finally {
    signal?.removeEventListener('abort', stop)
    await Promise.allSettled([opened?.engine.close(), hasher.close()])
    await spool.dispose()
  }
}

const stageOf =
  (observer?: ScanObserver, teller?: Teller) =>
  (name: string): void => {
    teller?.onStage()
    observer?.stage?.(name)
  }

interface NightEnd {
  readonly result: ScanResult
  readonly analysis: Analysis
  readonly collected: Collected
  readonly engine: EvidenceEngine
}

/** Compares with the nights before, has the result written down, and then adds the night to the case. */
async function endNight(
  night: NightInCase,
  { result, analysis, collected, engine }: NightEnd,
  config: Config,
  { observer, beforeKept, stage }: Pick<ScanOptions, 'observer' | 'beforeKept'> & { stage(name: string): void },
): Promise<ScanResult> {
  const compared = night.compare(result, analysis, collected.evidence)
  await beforeKept?.(compared)
  if (isIncomplete(compared, config)) {
    observer?.warn?.('the case was not added to: too many records could not be read, or an input is damaged')
    return compared
  }
  stage('keeping')
  for (const warning of await night.keep(compared, analysis, engine)) observer?.warn?.(warning)
  return compared
}

/** Epoch milliseconds of the last request, of all nights with a case; `undefined` if that is not known. */
const endOf = ({ evidence }: Collected, night: NightInCase | null): number | undefined =>
  (night === null ? evidence.endMs : night.endMs(evidence)) ?? undefined

/** A report that is incomplete is no evidence to go on with. */
const isIncomplete = ({ inputs }: ScanResult, { maxRejectRate }: Config): boolean =>
  inputs.some(({ damage }) => damage.length > 0) || rejectRate(inputs) > maxRejectRate
