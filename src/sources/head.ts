import { open } from 'node:fs/promises'
import { detectCompression, isFramedZstd } from './decode.ts'
import { readText } from './read.ts'
import type { Layer } from './source.ts'

/** Longest first line that is looked at, bytes. */
const MAX_HEAD_BYTES = 32 << 20
/** Compressed data inside of compressed data. */
const MAX_LAYERS = 3
/** Bytes that tell how data is compressed. */
const MAGIC_BYTES = 16

export interface Head {
  /** First decompressed bytes of the file. */
  readonly bytes: Buffer
  /** Whether `bytes` is all of it. */
  readonly isWhole: boolean
  /** The error with which the compressed data ended, if it did within the head. */
  readonly damage: Error | null
  /** How the file is compressed, the outermost layer first. */
  readonly layers: readonly Layer[]
}

/**
 * The beginning of a file: at least `wantedBytes` and at least one whole line that is not blank, unless the file ends.
 *
 * @throws the file system's error
 */
export async function readHead(path: string, wantedBytes: number): Promise<Head> {
  const layers: Layer[] = []
  let first = await firstBytes(path)
  for (;;) {
    const layer = isFramedZstd(first) ? 'zstd-framed' : detectCompression(first)
    if (layer === 'none' || layers.length === MAX_LAYERS) break
    layers.push(layer)
    first = (await readUntil(path, layers, (_, length) => length >= MAGIC_BYTES)).bytes.subarray(0, MAGIC_BYTES)
  }
  return readUntil(path, layers, (pieces, length) => length >= wantedBytes && hasWholeLine(pieces))
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function readUntil(
  path: string,
  layers: readonly Layer[],
  isEnough: (pieces: readonly Buffer[], length: number) => boolean,
): Promise<Head> {
  const pieces: Buffer[] = []
  let length = 0
  let damage: Error | null = null
  const onDamage = (error: Error): void => {
    damage = error
  }
  for await (const piece of readText(path, layers, { pieceBytes: 4096, onDamage })) {
    pieces.push(Buffer.from(piece.subarray(0, MAX_HEAD_BYTES)))
    length += piece.length
    if (length >= MAX_HEAD_BYTES || isEnough(pieces, length)) {
      return { bytes: Buffer.concat(pieces), isWhole: false, damage, layers: [...layers] }
    }
  }
  return { bytes: Buffer.concat(pieces), isWhole: true, damage, layers: [...layers] }
}

/** Whether a newline follows something that is not blank. */
function hasWholeLine(pieces: readonly Buffer[]): boolean {
  let sawText = false
  for (const piece of pieces) {
    const start = sawText ? 0 : piece.findIndex((byte) => !isBlank(byte))
    if (start < 0) continue
    sawText = true
    if (piece.indexOf(0x0a, start) >= 0) return true
  }
  return false
}

/** Space, tab, newline, vertical tab, form feed, carriage return: what DuckDB's JSON reader calls blank. */
export const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
