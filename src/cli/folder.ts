import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'

export const MISSING = 'does not exist'

/** Why nothing can be written into the folder, as the end of a sentence; `null` if it can. */
export async function folderProblem(folder: string): Promise<string | null> {
  const present = await stat(folder).catch(() => null)
  if (present === null) return MISSING
  if (!present.isDirectory()) return 'is a file'
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => null,
    (error) => `cannot be written to (${reasonOf(error)})`,
  )
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
}

/** A file system error in words, or its code. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
  return reasons[code] ?? code
}
