/**
 * A process that runs one cell: it is told the cell by its parent, tells its result and ends. A process for each, so that
 * what one leaves in memory does not burden the next.
 */
import { runCell } from './run-cell.js'

process.once('message', (/** @type {any} */ { cell, how }) => {
  const say = (/** @type {string} */ text) => process.send?.({ said: text })
  runCell(cell, { ...how, say }).then(
    (result) => finish({ result }),
    (error) => finish({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})

/** @param {object} message */
const finish = (message) => process.send?.(message, () => process.disconnect())
