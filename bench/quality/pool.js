import { fork } from 'node:child_process'
import { join } from 'node:path'

/** @typedef {import('./run-cell.js').Cell} Cell */
/** @typedef {import('./run-cell.js').CellResult} CellResult */

/** @param {Cell} cell */
export const nameOf = ({ size, seed, strength }) => `${size} ${seed} strength ${strength}`

/**
 * Runs cells, some at a time, in the order given.
 *
 * @param {readonly Cell[]} cells
 * @param {{ workers: number, how: { cache: string, keepsLogs: boolean, threads: number }, say: (text: string) => void }} options
 * @returns {Promise<CellResult[]>} in the order of the cells
 * @throws {Error} if a cell fails; the others are stopped
 */
export async function runCells(cells, { workers, how, say }) {
  const results = /** @type {CellResult[]} */ (new Array(cells.length))
  const stop = new AbortController()
  let next = 0
  let done = 0
  const work = async () => {
    while (next < cells.length && !stop.signal.aborted) {
      const i = next++
      results[i] = await runInProcess(cells[i], { how, signal: stop.signal, say })
      const seconds = Object.values(results[i].seconds).reduce((sum, each) => sum + each, 0)
      for (const failure of failuresOf(results[i])) say(failure)
      say(`${++done}/${cells.length}  ${nameOf(cells[i])}  ${seconds.toFixed(0)} s`)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(workers, cells.length) }, work))
  } finally {
    stop.abort()
  }
  return results
}

/**
 * What should never fail and did.
 *
 * @param {CellResult} result
 */
export const failuresOf = ({ cell, methods }) =>
  methods.filter(({ isBroken }) => isBroken).map(({ id, failure }) => `FAILED ${nameOf(cell)}, ${id}: ${failure}`)

/** The default is too small for the largest size on machines with little memory. */
const NODE_FLAGS = ['--max-old-space-size=8192']

/**
 * @param {Cell} cell
 * @param {{ how: object, signal: AbortSignal, say: (text: string) => void }} options
 * @returns {Promise<CellResult>}
 */
const runInProcess = (cell, { how, signal, say }) =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'cell-process.js'), { signal, execArgv: NODE_FLAGS })
    child.on('message', (/** @type {any} */ { result, error, said }) => {
      if (said !== undefined && cell.size !== 'small') say(`    ${nameOf(cell)}: ${said}`)
      if (result) resolve(result)
      if (error) reject(new Error(`${nameOf(cell)}: ${error}`))
    })
    child.once('error', reject)
    child.once('exit', (code, by) => reject(new Error(`${nameOf(cell)}: ended with ${by ?? code}`)))
    child.send({ cell, how })
  })
