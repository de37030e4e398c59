import { open, stat } from 'node:fs/promises'
import { createDecoder } from './decode.ts'
import type { Head } from './head.ts'

/** Compressed bytes that are unpacked to see how they grow. */
const CHUNK = 65_536

/**
 * How many times as long the beginning of a file becomes by decompression. Logs grow ten to fifty times; a file that was
 * made to exhaust its reader, a thousand times.
 *
 * @throws the file system's error
 */
export async function measureExpansion(path: string, { bytes, isWhole, layers }: Head): Promise<number> {
  if (isWhole) return bytes.length / Math.max(1, (await stat(path)).size)
  if (layers.length > 1 || layers[0] === 'zstd-framed') return 1 // never read in place, and bounded where it is read
  const file = await open(path, 'r')
  const decoder = createDecoder(layers[0] === 'gzip' ? 'gzip' : 'zstd')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, 0)
    let length = 0
    await decoder.decode(buffer.subarray(0, bytesRead), (piece) => {
      length += piece.length
    })
    return length / Math.max(1, bytesRead)
  } finally {
    decoder.close()
    await file.close()
  }
}
