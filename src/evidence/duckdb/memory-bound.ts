import { ScanError } from '../../errors.ts'
import { isOutOfMemory, type Session } from './session.ts'

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
  await setBound(session, session.memoryMiB + (await unspillable(session)))
  const done = await work()
  await setBound(session, session.memoryMiB)
  return done
}

const unspillable = async (session: Session): Promise<number> =>
  ENGINE_MIB + BUFFERS_MIB * (await session.scalar('option', "SELECT current_setting('threads')::DOUBLE"))

/** MiB beside what cannot be spilled, and share of the bound, that the second reading needs; whichever is more. */
const LATER_MIB = 100
const LATER_SHARE = 0.4

/**
 * Has the engine spill what it holds beyond what the second reading needs: its tables are read once or twice from now on, and
 * the memory is wanted for the grouping of the accounts. Where they cannot be spilled, for a disk that is full or what cannot
 * leave memory, the bound stays as it is.
 */
export async function makeRoom(session: Session): Promise<void> {
  const least = LATER_MIB + (await unspillable(session))
  try {
    await setBound(session, Math.min(session.memoryMiB, Math.max(least, Math.round(LATER_SHARE * session.memoryMiB))))
  } catch (error) {
    if (!isOutOfRoom(error)) throw error
    await takeRoom(session)
  }
}

/** Gives the engine its bound again. */
export const takeRoom = (session: Session): Promise<void> => setBound(session, session.memoryMiB)

/** Does something within the lowered bound, and if that is too little once more within the whole one. */
export async function withRoom<T>(session: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isOutOfRoom(error)) throw error
    await takeRoom(session)
    return await work()
  }
}

/** Of memory, or of the disk that the rest of it goes to. */
const isOutOfRoom = (error: unknown): boolean =>
  isOutOfMemory(error) || (error instanceof ScanError && error.code === 'OUT_OF_DISK')

const setBound = (session: Session, mebibytes: number): Promise<void> =>
  session.run('option', `SET memory_limit = '${mebibytes}MiB'`)
