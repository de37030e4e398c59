import { Worker } from 'node:worker_threads'
import { FILTER_FUNCTIONS, filterLines, type LineFilter } from './filter-lines.ts'

/** As text: a file beside this one would be found from `src`, from `dist` or from the bundle, not from all three. */
const workerText = (): string => `${FILTER_FUNCTIONS.map(String).join('\n')}
const { filters, mostBytes } = require('node:worker_threads').workerData
let left = mostBytes
for (const filter of filters) left -= ${filterLines.name}(require('node:fs'), filter, left)`

/**
 * Filters files one after the other in a thread of its own, while this one goes on.
 *
 * @param mostBytes to be written at most, of all together
 * @param signal ends it at once
 * @returns whether all files were filtered to their end; false for more bytes than that, a disk that is full, a line that
 *   fills memory, a file that is gone, and once the signal is given
 */
export function filterFiles(
  filters: readonly LineFilter[],
  { mostBytes, signal }: { readonly mostBytes: number; readonly signal: AbortSignal },
): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const worker = new Worker(workerText(), { eval: true, workerData: { filters, mostBytes }, execArgv: [], env: {} })
    const stop = (): void => void worker.terminate()
    signal.addEventListener('abort', stop)
    worker.on('error', () => {}) // the exit code says so, too
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop)
      resolve(code === 0 && !signal.aborted) // one that was ended before it had begun says 0, too
    })
  })
}
