import { LOG_READINGS } from './evidence/steps.ts'
import type { Prepared } from './prepare.ts'
import { printable } from './sources/printable.ts'
import { STDIN } from './sources/resolve.ts'

/** How far a step is, in bytes of the inputs as they are stored. */
export interface StepBytes {
  /** Read so far; `null` while the engine reads, which does not say. */
  readonly done: number | null
  /** To be read in this step; `null` of a pipe. */
  readonly all: number | null
  /** Read beside by the thread that hashes, since the scan began: to be taken off where somebody counts what the process reads. */
  readonly beside: number
  /** Lines so far; `null` where they are not counted. */
  readonly rows: number | null
}

/**
 * @param step a name for people, safe to show
 * @param share in [0, 1]; `null` where it is not known
 * @param bytes `null` of a step that goes over no input
 */
export type ProgressListener = (step: string, share: number | null, bytes: StepBytes | null) => void

/** Brings what the stages say of themselves into one form. */
export interface Teller {
  onCopied(name: string, bytes: number, lines: number | null): void
  onRead(name: string, bytes: number, size: number): void
  /** @param share not within [0, 1] if the engine does not know */
  onEngine(step: string, share: number): void
  /** What is computed beside the engine: told while the engine does not read the logs, and its other steps are not told from then on. */
  onComputed(step: string, share: number | null): void
  /** A stage begins: the steps of the one before are over. */
  onStage(): void
  /** Once it is known what the engine will read; gives it back. */
  prepared(prepared: Prepared): Prepared
}

/** @param hashedBytes what was hashed so far */
export function createTeller(listener: ProgressListener, hashedBytes: () => number): Teller {
  let logBytes: number | null = null
  let isReading = false
  let isComputing = false
  return {
    onCopied: (name, bytes, lines) =>
      listener(name === STDIN ? 'copying standard input' : `copying '${printable(name)}'`, null, {
        ...{ done: bytes, all: null, beside: hashedBytes(), rows: lines },
      }),
    onRead: (name, bytes, size) =>
      listener(
        name === STDIN ? 'reading standard input' : `reading '${printable(name)}'`,
        size > 0 ? bytes / size : null,
        {
          ...{ done: bytes, all: size, beside: hashedBytes(), rows: null },
        },
      ),
    onEngine(step, share) {
      isReading = LOG_READINGS.has(step)
      if (isComputing && !isReading) return
      const bytes =
        isReading && logBytes !== null ? { done: null, all: logBytes, beside: hashedBytes(), rows: null } : null
      listener(step, share >= 0 && share <= 1 ? share : null, bytes)
    },
    onComputed(step, share) {
      isComputing = true
      if (!isReading) listener(step, share, null)
    },
    onStage() {
      isReading = false
      isComputing = false
    },
    prepared: (prepared) => {
      logBytes = bytesInPlace(prepared)
      return prepared
    },
  }
}

/** What the engine reads in one pass over the logs; `null` if it reads copies, whose size nobody asked for. */
function bytesInPlace({ plans }: Prepared): number | null {
  const isCopied = plans.some(
    ({ source, translatedBecause }) =>
      translatedBecause !== null ||
      source.path !== source.name ||
      source.role === 'edge' ||
      source.container === 'parquet',
  )
  const logs = plans.filter(({ source }) => source.role === 'log')
  return isCopied ? null : logs.reduce((sum, { source }) => sum + source.bytes, 0)
}
