import { csvCell } from './csv/cell.ts'
import type { Renderer } from './renderer.ts'
import { COLUMNS, rowOf } from './timesketch/columns.ts'
import { eventsOf } from './timesketch/events.ts'

/**
 * A timeline for Timesketch: CSV with the columns that it asks for (`message`, `datetime`, `timestamp_desc`) and others
 * of our own, one event a line, in order of time. Lines end in a line feed, as those of the other CSV do.
 * Source: Timesketch, docs/guides/user/import-from-json-csv.md.
 */
export const renderTimesketch: Renderer = (result) => {
  const lines = [COLUMNS, ...eventsOf(result.networks).map(rowOf)]
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\n`).join('')
}
