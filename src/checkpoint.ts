import { setImmediate } from 'node:timers/promises'
import { ScanError } from './errors.ts'

/**
 * A point in a long computation at which all that waits has its turn: Ctrl-C, the progress line, what the engine has ready.
 * (The word is Trio's, for the points at which a task may be cancelled and others go on.)
 *
 * @param step a name for people
 * @param share of the step that is done, in [0, 1]; `null` where it is not known
 * @throws ScanError INTERRUPTED once the signal was given: nothing of what was computed is used
 */
export type Checkpoint = (step: string, share: number | null) => Promise<void>

/** For what is computed in one go. */
export const NO_CHECKPOINT: Checkpoint = async () => {}

export function createCheckpoint(
  signal: AbortSignal | undefined,
  tell: (step: string, share: number | null) => void = () => {},
): Checkpoint {
  return async (step, share) => {
    await setImmediate()
    if (signal?.aborted) throw new ScanError('INTERRUPTED', 'interrupted', 'Run it again.')
    tell(step, share)
  }
}

/** A step whose share is known by sizes: of two items, the one that is twice as large takes twice as long. */
export interface Step<T> {
  readonly name: string
  readonly sizeOf?: (item: T) => number
}

/**
 * `items.map(work)`, with a checkpoint before each.
 *
 * @param work is given a checkpoint of its own, for how much of the item is done, in [0, 1]
 */
export async function mapWithCheckpoints<T, R>(
  items: readonly T[],
  work: (item: T, i: number, within: (share: number) => Promise<void>) => R | Promise<R>,
  checkpoint: Checkpoint,
  { name, sizeOf = () => 1 }: Step<T>,
): Promise<R[]> {
  const results: R[] = []
  const all = items.reduce((sum, item) => sum + sizeOf(item), 0)
  let done = 0
  for (const [i, item] of items.entries()) {
    const size = sizeOf(item)
    const within = (share: number): Promise<void> => checkpoint(name, all > 0 ? (done + share * size) / all : 0)
    await within(0)
    results.push(await work(item, i, within))
    done += size
  }
  return results
}
