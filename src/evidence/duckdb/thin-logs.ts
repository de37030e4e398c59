import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LineFilter } from '../../sources/filter-lines.ts'
import { filterFiles } from '../../sources/line-filter.ts'
import type { MappedSource } from '../engine.ts'
import { flatColumn, needsCare } from './relation.ts'
import type { Session } from './session.ts'

/**
 * The lines of the watched accounts, taken out of the logs before the engine reads them: of a long log most lines are of
 * others, and to see whose a line is takes a quarter of the time of a parser.
 */

/** Share of the requests above which nearly all lines would be written and read again. */
const MOST_SHARE = 0.25
/** Of the temporary folder. */
const MOST_BYTES = 2 * 2 ** 30
/** Below it the thread would hardly have begun. */
const LEAST_BYTES = 64 * 2 ** 20

/** Characters that JSON writes as they are. */
const PLAIN_KEY = /^[ !#-[\]-~]+$/

/** The key under which a log has its accounts, if a line is one record and shows it as it is; `null` otherwise. */
function keyOf({ source, mapping }: MappedSource): string | null {
  const isPlain = source.container === 'ndjson' && source.compression === 'none' && !needsCare({ source, mapping })
  const key = isPlain && mapping.accountFrom === undefined ? flatColumn(mapping, 'account_id') : null
  return key !== null && PLAIN_KEY.test(key) ? key : null
}

/** Logs with the lines of the watched accounts alone, in a folder that is to be removed. */
export interface Thinned {
  readonly logs: readonly MappedSource[]
  readonly dispose: () => void
}

/**
 * Begins at once, and needs nothing of this thread until it is over.
 *
 * @returns `null` where it would not pay, or could not be done: then the logs are read as they are
 */
export async function thinLogs(
  session: Session,
  logs: readonly MappedSource[],
): Promise<(() => Promise<Thinned | null>) | null> {
  const bytes = logs.reduce((sum, log) => sum + (keyOf(log) === null ? 0 : log.source.bytes), 0)
  if (bytes < LEAST_BYTES) return null
  const share = await session.scalar('watched', SHARE_SQL)
  if (share > MOST_SHARE || share * bytes > MOST_BYTES) return null
  const values: string[] = []
  await session.each('watched', 'SELECT DISTINCT account_raw FROM watched_spelling', ([ids]) => {
    for (const id of ids!) values.push(id as string)
  })
  const folder = mkdtempSync(join(session.tempDirectory, 'lines-'))
  const dispose = (): void => rmSync(folder, { recursive: true, force: true })
  const filters = logs.map((log, i): LineFilter | null => {
    const key = keyOf(log)
    return key === null ? null : { path: log.source.path, to: join(folder, `${i}.ndjson`), key, values }
  })
  const isFiltered = filterFiles(
    filters.filter((each) => each !== null),
    session.interrupted,
  )
  return async () => {
    if (!(await isFiltered)) {
      dispose()
      return null
    }
    const thinned = logs.map((log, i) => {
      const to = filters[i]?.to
      return to === undefined ? log : { ...log, source: { ...log.source, path: to } }
    })
    return { logs: thinned, dispose }
  }
}

/** Share of the requests that are the watched accounts'. */
const SHARE_SQL = `SELECT COALESCE(sum(requests) FILTER (account_raw IN (SELECT account_raw FROM watched_spelling)) / sum(requests), 0)::DOUBLE
  FROM base WHERE reject IS NULL`
