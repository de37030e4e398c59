import { open } from 'node:fs/promises'
import { createDecoder, type DecoderOptions } from './decode.ts'
import type { Compression } from './source.ts'

const READ_BYTES = 1 << 20

export interface ReadOptions extends DecoderOptions {
  /** Called once when the compressed data is broken or cut short; what came before has been yielded. */
  readonly onDamage?: (error: Error) => void
}

/**
 * The decompressed bytes of a file. Broken compression ends the text, it does not throw: `onDamage` tells.
 * A yielded buffer is the caller's only until it asks for the next one.
 *
 * @throws the file system's error
 */
export async function* readText(
  path: string,
  compression: Compression,
  options: ReadOptions = {},
): AsyncGenerator<Buffer, void, undefined> {
  if (compression === 'none') return yield* readBytes(path)
  const decoder = createDecoder(compression, options)
  const pieces: Buffer[] = []
  const sink = (piece: Buffer): void => {
    pieces.push(piece)
  }
  try {
    // Small steps: one step of input may grow a thousandfold in memory.
    for await (const chunk of readBytes(path, 65_536)) {
      const failure = await decoder.decode(chunk, sink)
      yield* pieces.splice(0)
      if (failure !== null) return options.onDamage?.(failure)
    }
    const failure = await decoder.decode(null, sink)
    yield* pieces.splice(0)
    if (failure !== null) options.onDamage?.(failure)
  } finally {
    decoder.close()
  }
}

async function* readBytes(path: string, size = READ_BYTES): AsyncGenerator<Buffer, void, undefined> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafeSlow(size)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, size, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
