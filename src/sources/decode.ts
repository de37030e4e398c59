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

/**
 * A decoder for gzip (all members) or zstd (all frames).
 *
 * @param pieceBytes output step; an error loses at most this much text before it, so salvage takes small steps
 */
export function createDecoder(compression: 'gzip' | 'zstd', pieceBytes = 65_536): Decoder {
  if (compression === 'gzip') return streamDecoder(zlib.createGunzip({ chunkSize: pieceBytes }))
  return hasNativeZstd(zlib) ? streamDecoder(zlib.createZstdDecompress({ chunkSize: pieceBytes })) : fzstdDecoder()
}

interface NativeZstd {
  createZstdDecompress(options: { chunkSize: number }): zlib.Gunzip
}

/** Node 22.15 and later have it; its types do not belong to the oldest Node that is supported. */
const hasNativeZstd = (module: object): module is NativeZstd => 'createZstdDecompress' in module

/**
 * A stream that fails throws away what it has buffered. Here nothing is ever buffered: output flows while a chunk is
 * being written, and the next chunk is held back until then.
 */
function streamDecoder(stream: zlib.Gunzip): Decoder {
  let failure: Error | null = null
  let hand: (piece: Buffer) => void = () => {}
  stream.on('data', (piece: Buffer) => hand(piece))
  stream.on('error', (error) => {
    failure = error
  })
  const decode = (chunk: Buffer | null): Promise<Error | null> =>
    new Promise((resolve) => {
      // The stream ends by itself, before its input does, when what follows a member is no other member.
      const onEnd = (): void => {
        if (chunk !== null) failure ??= new Error('data after the end')
        done()
      }
      const done = (): void => {
        stream.off('close', done).off('end', onEnd)
        resolve(failure)
      }
      stream.on('close', done).on('end', onEnd)
      if (chunk === null) stream.end()
      else stream.write(chunk, done)
    })
  return {
    decode(chunk, sink) {
      hand = sink
      return failure !== null || stream.destroyed ? Promise.resolve(failure) : decode(chunk)
    },
    close: () => {
      stream.destroy()
    },
  }
}

function fzstdDecoder(): Decoder {
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
