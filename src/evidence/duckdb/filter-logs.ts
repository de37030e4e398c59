import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LineFilter } from '../../sources/filter-lines.ts'
import type { filterFiles } from '../../sources/line-filter.ts'
import type { MappedSource } from '../engine.ts'
import { TEXT_OF } from './fields.ts'
import { flatColumn, needsCare } from './relation.ts'
import type { Session } from './session.ts'

/**
 * The lines of the watched accounts, taken out of the logs before the engine reads them: of a long log most lines are of
 * others, and to see whose a line is takes less than half the time of a parser.
 */

/** Share of the requests above which nearly all lines would be written and read again. */
const MOST_SHARE = 0.25
/** Of the temporary folder. */
const MOST_BYTES = 2 * 2 ** 30
/** Below it a thread would hardly have begun. */
const LEAST_BYTES = 64 * 2 ** 20
/** Of a log: more than threads, so that one which is held up by other work leaves its share to them. */
const MOST_PARTS = 8
/** One reads a gigabyte a second: more would wait for the memory. */
const MOST_THREADS = 4

/** Characters that JSON writes as they are. */
const PLAIN_KEY = /^[ !#-[\]-~]+$/

/**
 * The key under which a log has its accounts, if a line is one record and shows it as it is; `null` otherwise, and where the
 * texts of prompts are in it: those are written nowhere.
 */
function keyOf({ source, mapping }: MappedSource): string | null {
  const isPlain = source.container === 'ndjson' && source.compression === 'none' && !needsCare({ source, mapping })
  const hasTexts = Object.values(TEXT_OF).some((field) => mapping.fields[field] !== undefined)
  const key = isPlain && !hasTexts && mapping.accountFrom === undefined ? flatColumn(mapping, 'account_id') : null
  return key !== null && PLAIN_KEY.test(key) ? key : null
}

/** Lines that are being taken out. */
export interface Filtering {
  /** The logs with the lines of the watched accounts alone; `null` if it could not be done: then they are read as they are. */
  readonly done: () => Promise<readonly MappedSource[] | null>
  /** Ends what still runs, and removes what was written. Call it always. */
  readonly dispose: () => void
}

/**
 * Begins at once, and needs nothing of this thread until it is over.
 *
 * @returns `null` where it would not pay, or the temporary folder takes nothing
 */
export async function filterLogs(
  session: Session,
  logs: readonly MappedSource[],
  filter: typeof filterFiles,
): Promise<Filtering | null> {
  const bytes = logs.reduce((sum, log) => sum + (keyOf(log) === null ? 0 : log.source.bytes), 0)
  if (bytes < LEAST_BYTES) return null
  const mostBytes = Math.min(MOST_BYTES, MOST_SHARE * bytes)
  if ((await session.scalar('watched', SHARE_SQL)) * bytes > mostBytes) return null
  const values: string[] = []
  await session.each('watched', 'SELECT DISTINCT account_raw FROM watched_spelling', ([ids]) => {
    for (const id of ids!) values.push(id as string)
  })
  const threads = Math.min(MOST_THREADS, await session.scalar('watched', "SELECT current_setting('threads')::DOUBLE"))
  const folder = folderIn(session.tempDirectory)
  if (folder === null) return null
  const filters = logs.map((log, i): LineFilter[] => {
    const key = keyOf(log)
    const { path, bytes } = log.source
    if (key === null) return []
    return rangesOf(bytes).map(([from, until], part) => ({
      ...{ path, from, until, key, values },
      to: join(folder, `${i}-${part}.ndjson`),
    }))
  })
  const ending = new AbortController()
  const signal = AbortSignal.any([session.interrupted, ending.signal])
  const isFiltered = filter(filters.flat(), { mostBytes, threads, signal })
  const filtered = (log: MappedSource, i: number): MappedSource =>
    filters[i]!.length === 0 ? log : { ...log, parts: filters[i]!.map(({ to }) => to) }
  return {
    done: async () => ((await isFiltered) ? logs.map(filtered) : null),
    dispose() {
      ending.abort()
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) // a thread may just be making a file
    },
  }
}

/** The parts of a log, first byte and the byte behind the last; what was written to it since it was looked at is in the last. */
function rangesOf(bytes: number): (readonly [number, number])[] {
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.floor(bytes / LEAST_BYTES)))
  const begin = (part: number): number => Math.floor((bytes / parts) * part)
  return Array.from({ length: parts }, (_, part) => [
    begin(part),
    part === parts - 1 ? Number.POSITIVE_INFINITY : begin(part + 1),
  ])
}

/** A folder of its own; `null` where there is no room even for that. */
function folderIn(parent: string): string | null {
  try {
    return mkdtempSync(join(parent, 'lines-'))
  } catch {
    return null
  }
}

/** Share of the requests that are the watched accounts'; with a case, of all nights, so that the bytes are bounded as well. */
const SHARE_SQL = `SELECT COALESCE(sum(requests) FILTER (account_raw IN (SELECT account_raw FROM watched_spelling)) / sum(requests), 0)::DOUBLE
  FROM base WHERE reject IS NULL`
