import { open } from 'node:fs/promises'
import { createDecoder, type DecoderOptions } from './decode.ts'
import type { Layer } from './source.ts'
import { unframed } from './unframed.ts'

const READ_BYTES = 1 << 20

export interface ReadOptions extends DecoderOptions {
  /** Called once when the compressed data is broken or cut short; what came before has been yielded. */
  readonly onDamage?: (error: Error) => void
  /** Told after every piece: bytes of the file as stored that were read so far. */
  readonly onRead?: ((bytes: number) => void) | undefined
  /** Decompressed bytes at which reading stops, as if the data were broken there. */
  readonly maxBytes?: number
}

/**
 * The decompressed bytes of a file. Broken compression ends the text, it does not throw: `onDamage` tells.
 * A yielded buffer is the caller's only until it asks for the next one.
 *
 * @param layers how it is compressed, the outermost first; none for plain text
 * @throws the file system's error
 */
export async function* readText(
  path: string,
  layers: readonly Layer[],
  options: ReadOptions = {},
): AsyncGenerator<Buffer, void, undefined> {
  if (layers.length === 0) return yield* readBytes(path, READ_BYTES, options)
  let isDamaged = false
  const onDamage = (error: Error): void => {
    if (!isDamaged) options.onDamage?.(error)
    isDamaged = true
  }
  // Small steps: one step of input may grow a thousandfold in memory.
  let bytes: AsyncIterable<Buffer> = readBytes(path, 65_536, options)
  for (const layer of layers) {
    const source = layer === 'zstd-framed' ? unframed(bytes) : bytes
    bytes = decoded(source, layer === 'gzip' ? 'gzip' : 'zstd', { ...options, onDamage })
  }
  yield* bytes
}

async function* decoded(
  source: AsyncIterable<Buffer>,
  compression: 'gzip' | 'zstd',
  options: ReadOptions & { readonly onDamage: (error: Error) => void },
): AsyncGenerator<Buffer, void, undefined> {
  const decoder = createDecoder(compression, options)
  const most = options.maxBytes ?? Number.POSITIVE_INFINITY
  let length = 0
  const pieces: Buffer[] = []
  const sink = (piece: Buffer): void => {
    length += piece.length
    if (length <= most) pieces.push(piece)
  }
  try {
    for await (const chunk of source) {
      const failure = await decoder.decode(chunk, sink)
      yield* pieces.splice(0)
      if (length > most) return options.onDamage(new Error(`expands to more than ${most} bytes: read up to there`))
      if (failure !== null) return options.onDamage(new Error(DAMAGED, { cause: failure }))
    }
    const failure = await decoder.decode(null, sink)
    yield* pieces.splice(0)
    if (failure !== null) options.onDamage(new Error(DAMAGED, { cause: failure }))
  } finally {
    decoder.close()
  }
}

const DAMAGED =
  'is compressed data that is damaged or cut short: what comes before the damage was read, the rest is lost'

async function* readBytes(
  path: string,
  size: number,
  { onRead }: ReadOptions,
): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafeSlow(size)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, size, null)
      if (bytesRead === 0) return
      bytes += bytesRead
      onRead?.(bytes)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
