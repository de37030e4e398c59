import { ScanError } from '../../errors.ts'
import { filterFiles } from '../../sources/line-filter.ts'
import type { MappedSource } from '../engine.ts'
import { eventSql } from './events-sql.ts'
import { filterLogs } from './filter-logs.ts'
import type { Session } from './session.ts'

/**
 * Reads the requests of the accounts in `watched_spelling` into `event`.
 *
 * @param onBegun called once it goes on by itself
 */
export async function runEvents(
  session: Session,
  logs: readonly MappedSource[],
  onBegun: () => void,
  filter = filterFiles,
): Promise<void> {
  const filtering = await filterLogs(session, logs, filter)
  try {
    // The engine takes a log for small, since it cannot count its rows, and would build the join's hash table of it.
    await session.run('option', "SET disabled_optimizers = 'join_order,build_side_probe_side'")
    const reading = session.during('second reading', async (run) => {
      const filtered = await filtering?.done()
      if (session.interrupted.aborted) throw new ScanError('INTERRUPTED', 'interrupted', 'Run it again.')
      await run(eventSql(filtered ?? logs))
    })
    onBegun()
    await reading
  } finally {
    filtering?.dispose()
    if (!session.interrupted.aborted) await session.run('option', 'RESET disabled_optimizers')
  }
}
