import { open } from 'node:fs/promises'

/** Places in a file from which further records are taken, and bytes read at each. */
const PLACES = 16
const BYTES = 32_768

/**
 * Whole lines from places spread over a plain text file: a field that begins to be exported in the middle of a log
 * would be missed by its first records alone.
 *
 * @throws the file system's error
 */
export async function readProbes(path: string): Promise<string[]> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const lines: string[] = []
    for (let place = 1; place <= PLACES; place++) {
      const at = Math.max(0, Math.floor((size * place) / PLACES) - BYTES)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(BYTES), 0, BYTES, at)
      const parts = buffer.toString('utf8', 0, bytesRead).split('\n')
      lines.push(...parts.slice(1, -1)) // the first and the last may be cut
    }
    return lines
  } finally {
    await file.close()
  }
}
