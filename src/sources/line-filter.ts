import { Worker } from 'node:worker_threads'
import { FILTER_FUNCTIONS, filterLines, type LineFilter } from './filter-lines.ts'

/** As text: a file beside this one would be found from `src`, from `dist` or from the bundle, not from all three. */
const workerText = (): string => `${FILTER_FUNCTIONS.map(String).join('\n')}
const { filters, counters } = require('node:worker_threads').workerData
const takeRoom = (bytes) => Atomics.sub(counters, ${LEFT}, BigInt(bytes)) >= BigInt(bytes)
for (let i; (i = Number(Atomics.add(counters, ${NEXT}, 1n))) < filters.length; ) {
  ${filterLines.name}(require('node:fs'), filters[i], takeRoom)
}`

/** What the threads share: the filter that is next, and the bytes that may be written still. */
const [NEXT, LEFT] = [0, 1] as const

export interface FilterOptions {
  /** To be written at most, of all together. */
  readonly mostBytes: number
  /** Most threads at once. */
  readonly threads: number
  /** Ends it at once. */
  readonly signal: AbortSignal
}

/**
 * Filters files in threads of their own, each of which takes the next one until there is none, while this thread goes on.
 *
 * @returns whether all files were filtered to their end; false for more bytes than that, a disk that is full, a line that
 *   fills memory, a file that is gone, and once the signal is given: the other threads are ended then
 */
export async function filterFiles(
  filters: readonly LineFilter[],
  { mostBytes, threads, signal }: FilterOptions,
): Promise<boolean> {
  const counters = new BigInt64Array(new SharedArrayBuffer(16))
  counters[LEFT] = BigInt(Math.floor(mostBytes))
  const failing = new AbortController()
  const ends = AbortSignal.any([signal, failing.signal])
  const running = Array.from({ length: Math.min(threads, filters.length) }, async () => {
    const isDone = await runThread({ filters, counters }, ends)
    if (!isDone) failing.abort()
    return isDone
  })
  return (await Promise.all(running)).every(Boolean)
}

function runThread(workerData: unknown, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const worker = startWorker(workerData)
    if (worker === null) return resolve(false)
    const stop = (): void => void worker.terminate()
    signal.addEventListener('abort', stop)
    worker.on('error', () => {}) // the exit code says so, too
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop)
      resolve(code === 0 && !signal.aborted) // one that was ended before it had begun says 0, too
    })
  })
}

/** `null` where the system has no more threads to give. */
function startWorker(workerData: unknown): Worker | null {
  try {
    return new Worker(workerText(), { eval: true, workerData, execArgv: [], env: {} })
  } catch {
    return null
  }
}
