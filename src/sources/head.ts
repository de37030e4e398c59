import { readText } from './read.ts'
import type { Compression } from './source.ts'

/** Longest first line that is looked at, bytes. */
const MAX_HEAD_BYTES = 32 << 20

export interface Head {
  /** First decompressed bytes of the file. */
  readonly bytes: Buffer
  /** Whether `bytes` is all of it. */
  readonly isWhole: boolean
  /** The error with which the compressed data ended, if it did within the head. */
  readonly damage: Error | null
}

/**
 * The beginning of a file: at least `wantedBytes` and at least one whole line that is not blank, unless the file ends.
 *
 * @throws the file system's error
 */
export async function readHead(path: string, compression: Compression, wantedBytes: number): Promise<Head> {
  const pieces: Buffer[] = []
  let length = 0
  let damage: Error | null = null
  const onDamage = (error: Error): void => {
    damage = error
  }
  for await (const piece of readText(path, compression, { pieceBytes: 4096, onDamage })) {
    pieces.push(Buffer.from(piece.subarray(0, MAX_HEAD_BYTES)))
    length += piece.length
    if (length >= MAX_HEAD_BYTES || (length >= wantedBytes && hasWholeLine(pieces))) {
      return { bytes: Buffer.concat(pieces), isWhole: false, damage }
    }
  }
  return { bytes: Buffer.concat(pieces), isWhole: true, damage }
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
