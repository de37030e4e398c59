import { ScanError } from '../../errors.ts'
import type { MappedSource } from '../engine.ts'
import { eventSql } from './events-sql.ts'
import type { Session } from './session.ts'
import { thinLogs } from './thin-logs.ts'

/** Reads the requests of the accounts in `watched_spelling` into `event`. */
export async function runEvents(session: Session, logs: readonly MappedSource[], onBegun: () => void): Promise<void> {
  const thinning = await thinLogs(session, logs)
  // The engine takes a log for small, since it cannot count its rows, and would build the join's hash table of it.
  await session.run('option', "SET disabled_optimizers = 'join_order,build_side_probe_side'")
  try {
    const reading = session.during('second reading', async (run) => {
      const thinned = thinning === null ? null : await thinning()
      if (session.interrupted.aborted) throw new ScanError('INTERRUPTED', 'interrupted', 'Run it again.')
      try {
        await run(eventSql(thinned?.logs ?? logs))
      } finally {
        thinned?.dispose()
      }
    })
    onBegun()
    await reading
  } finally {
    await session.run('option', 'RESET disabled_optimizers')
  }
}
