import { ScanError } from '../../errors.ts'
import { printable } from '../../sources/printable.ts'

const WORDS = /No space left on device|Disk full|Disk quota exceeded|File too large|max_temp_directory_size/i

/** Whether an error of the engine or of the file system says that there is no more room to write: on the disk, or for this user. */
export const isDiskFull = (error: unknown): boolean =>
  WORDS.test(error instanceof Error ? error.message : String(error))

/** @param path of the case */
export const caseDiskFull = (path: string, cause: unknown): ScanError =>
  new ScanError(
    'OUT_OF_DISK',
    `the disk of the case '${printable(path)}' is full`,
    'Free some space there, then run this again: the case is as it was.',
    { cause },
  )
