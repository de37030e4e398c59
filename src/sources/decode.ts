import zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import type { Compression } from './source.ts'

export interface Decoder {
  /**
   * Takes a compressed chunk, `null` at the end, and hands every decompressed piece to `sink` before it settles.
   * Settles with the error that ended decoding, never rejects: what was decoded before it has been handed over.
   */
  decode(chunk: Buffer | null, sink: (piece: Buffer) => void): Promise<Error | null>
  close(): void
}

/** What the first bytes say; a skippable zstd frame (`50..5f 2a 4d 18`, as pzstd writes) counts as zstd. */
export function detectCompression(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd'
  if (((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18) return 'zstd'
  return 'none'
}

/** A zstd frame behind a length in four bytes. */
export const isFramedZstd = (head: Uint8Array): boolean =>
  detectCompression(head) === 'none' && detectCompression(head.subarray(4)) === 'zstd' && head[4] === 0x28

export interface DecoderOptions {
  /** Output step of gzip, bytes; an error loses at most this much text before it, so salvage takes small steps. */
  readonly pieceBytes?: number | undefined
  /**
   * The file is known to be whole, so Node's own zstd decoder (from 22.15 on) may be used: several times faster, but it
   * takes a file that is cut short for a whole one.
   */
  readonly isWhole?: boolean | undefined
}

/** A decoder for gzip (all members) or zstd (all frames). */
export function createDecoder(compression: 'gzip' | 'zstd', options: DecoderOptions = {}): Decoder {
  const chunkSize = options.pieceBytes ?? 65_536
  if (compression === 'gzip') return streamDecoder(() => zlib.createGunzip({ chunkSize }), false)
  if (options.isWhole !== true || !hasNativeZstd(zlib)) return zstdDecoder()
  const { createZstdDecompress } = zlib
  return streamDecoder(() => createZstdDecompress({ chunkSize }), true)
}

interface NativeZstd {
  createZstdDecompress(options: { chunkSize: number }): zlib.Gunzip
}

/** The types are those of the oldest Node that is supported. */
const hasNativeZstd = (module: object): module is NativeZstd => 'createZstdDecompress' in module

/**
 * A stream that fails throws away what it has buffered. Here nothing is ever buffered: output flows while a chunk is
 * being written, and the next chunk is held back until then.
 *
 * @param isPerFrame the stream ends behind one frame and drops the rest, as Node's zstd does (nodejs/node#64741): a new
 *   one takes the rest. Gunzip reads all members itself; what it leaves is no gzip.
 */
function streamDecoder(create: () => zlib.Gunzip, isPerFrame: boolean): Decoder {
  let failure: Error | null = null
  let hand: (piece: Buffer) => void = () => {}
  const open = (): zlib.Gunzip => {
    const opened = create()
    opened.on('data', (piece: Buffer) => hand(piece))
    return opened.on('error', (error) => {
      failure = error
    })
  }
  let stream = open()
  return {
    async decode(chunk, sink) {
      hand = sink
      let rest = chunk
      while (failure === null && (rest === null || rest.length > 0)) {
        const before = stream.bytesWritten
        const hasEnded = await feed(stream, rest)
        if (!hasEnded || rest === null) break
        const used = stream.bytesWritten - before
        if (!isPerFrame || used === 0) failure ??= new Error('data after the end')
        rest = rest.subarray(used)
        stream.destroy()
        stream = open()
      }
      return failure
    },
    close: () => {
      stream.destroy()
    },
  }
}

/** Writes a chunk, or ends the stream; true when the stream has ended. */
function feed(stream: zlib.Gunzip, chunk: Buffer | null): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (hasEnded: boolean): void => {
      stream.off('close', onClose).off('end', onEnd)
      resolve(hasEnded)
    }
    const onClose = (): void => settle(false)
    const onEnd = (): void => settle(true)
    stream.on('close', onClose).on('end', onEnd)
    if (chunk === null) stream.end()
    else stream.write(chunk, onClose)
  })
}

function zstdDecoder(): Decoder {
  const decompress = new Decompress()
  let failure: Error | null = null
  return {
    decode(chunk, sink) {
      decompress.ondata = (piece) => {
        if (piece.length > 0) sink(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
      }
      try {
        // It keeps the tail of a chunk for the next call, so it gets a copy that nobody overwrites.
        if (failure === null) decompress.push(new Uint8Array(chunk ?? []), chunk === null)
      } catch (error) {
        failure = error as Error
      }
      return Promise.resolve(failure)
    },
    close: () => {},
  }
}
