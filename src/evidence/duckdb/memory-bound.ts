import type { Session } from './session.ts'

/** What the engine may hold at each time of a scan, so that the process as a whole stays small. */

/**
 * MiB that are not groups while the log is read: of each thread two buffers of twice the longest record, and some for the
 * engine itself. None of it can be spilled.
 */
const BUFFERS_MIB = 64
const ENGINE_MIB = 40

/**
 * Lets the engine have these beside its bound: inside of it, the engine gives four fifths of the bound to groups before it
 * begins to spill, and runs out. Of the process nothing else is there yet, so that its peak is later.
 */
export async function withBuffers<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const threads = await session.scalar('option', "SELECT current_setting('threads')::DOUBLE")
  await setBound(session, session.memoryMiB + ENGINE_MIB + BUFFERS_MIB * threads)
  const done = await work()
  await setBound(session, session.memoryMiB)
  return done
}

/** MiB, and share of the bound, that the second reading needs; whichever is more, but no more than the bound. */
const LATER_MIB = 240
const LATER_SHARE = 0.4

/**
 * Has the engine spill what it holds beyond that: from now on its tables are read once or twice, and the memory is wanted for
 * the grouping of the accounts.
 */
export const makeRoom = (session: Session): Promise<void> =>
  setBound(session, Math.min(session.memoryMiB, Math.max(LATER_MIB, Math.round(LATER_SHARE * session.memoryMiB))))

/** Gives the engine its bound again. */
export const takeRoom = (session: Session): Promise<void> => setBound(session, session.memoryMiB)

const setBound = (session: Session, mebibytes: number): Promise<void> =>
  session.run('option', `SET memory_limit = '${mebibytes}MiB'`)
