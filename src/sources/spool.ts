import { mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A private folder for copies of what cannot be read where it is. */
export interface Spool {
  /** Readable by nobody else. */
  readonly directory: string
  /** A path in the folder that was not given out before. */
  nextPath(ending: string): string
  /** Removes the folder and all in it; does nothing the second time. */
  dispose(): Promise<void>
  /** The same for a signal handler or the process's end. */
  disposeSync(): void
}

/**
 * Makes the folder, with mode 0700.
 *
 * @param parent where to make it; the system's folder for temporary files by default
 */
export function openSpool(parent = tmpdir()): Spool {
  // mkdtemp makes the folder with mode 0700.
  const directory = mkdtempSync(join(parent, 'distill-scan-'))
  let count = 0
  let isOpen = true
  const removal = { recursive: true, force: true, maxRetries: 3 } as const
  return {
    directory,
    nextPath: (ending) => join(directory, `${String(++count).padStart(4, '0')}${ending}`),
    async dispose() {
      if (!isOpen) return
      isOpen = false
      await rm(directory, removal)
    },
    disposeSync() {
      if (!isOpen) return
      isOpen = false
      rmSync(directory, removal)
    },
  }
}
