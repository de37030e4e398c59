import { promises as fs } from 'node:fs'
import { ScanError } from '../errors.ts'
import { createHasher } from '../sources/hash.ts'
import { printable } from '../sources/printable.ts'
import { resolveInputs, STDIN } from '../sources/resolve.ts'
import type { GivenFile } from '../verify/verification.ts'

/**
 * Size and SHA-256 of every file that the names stand for, as stored.
 *
 * @throws ScanError USAGE for what can be read only once; INPUT_NOT_FOUND, INPUT_UNREADABLE, INPUT_EMPTY for a folder
 *   without files; INTERRUPTED
 */
export async function hashFiles(
  names: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly files: readonly GivenFile[]; readonly warnings: readonly string[] }> {
  const { paths, found, warnings } = await resolveInputs(names)
  const sizes = await Promise.all(paths.map(sizeOf))
  const hasher = createHasher()
  const stop = (): void => void hasher.close()
  signal.addEventListener('abort', stop)
  try {
    const hashes = await Promise.all(paths.map((path) => hasher.hash(path)))
    const files = paths.map((path, i) => ({
      path,
      bytes: sizes[i]!,
      sha256: hashes[i]!,
      isFound: found.has(path),
    }))
    return { files, warnings }
  } finally {
    signal.removeEventListener('abort', stop)
    await hasher.close()
  }
}

/** A pipe is gone once it is hashed, and could not be read again. */
async function sizeOf(path: string): Promise<number> {
  const stat = path === STDIN ? null : await fs.stat(path)
  if (stat?.isFile()) return stat.size
  const what = path === STDIN ? 'standard input' : `'${printable(path)}'`
  throw new ScanError('USAGE', `${what} can be read only once`, 'Store the input in a file, and name that.')
}
