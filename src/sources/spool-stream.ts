import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { ScanError } from '../errors.ts'
import { detectCompression } from './decode.ts'
import type { Compression } from './source.ts'
import type { Spool } from './spool.ts'
import { unreadable } from './unreadable.ts'

/** A pipe, copied. */
export interface Spooled {
  readonly path: string
  /** Bytes as they came. */
  readonly bytes: number
  /** Lower-case hex over the bytes as they came. */
  readonly sha256: string
  /** How they were compressed; the copy is always. */
  readonly givenCompression: Compression
}

/** Where and how to write. */
export interface SpoolOptions {
  readonly spool: Spool
  /** Shown in errors. */
  readonly name: string
  readonly signal?: AbortSignal | undefined
  /** Told with every piece of a pipe: bytes so far, and lines so far where the pipe is not compressed. */
  readonly onCopied?: ((bytes: number, lines: number | null) => void) | undefined
}

/**
 * Copies a pipe into the spool as it comes: as it is when it is compressed, else through gzip level 1. Counts and
 * hashes the bytes in the same pass.
 *
 * @throws ScanError OUT_OF_DISK, INTERRUPTED, INPUT_UNREADABLE
 */
export async function spoolStream(stream: Readable, options: SpoolOptions): Promise<Spooled> {
  const hash = createHash('sha256')
  let bytes = 0
  let lines = 0
  let givenCompression: Compression = 'none'
  let isPlain = false
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const next = async (): Promise<Buffer | null> => {
    const { value, done } = await chunks.next()
    if (done === true) return null
    const chunk = Buffer.from(value)
    hash.update(chunk)
    bytes += chunk.length
    if (options.onCopied !== undefined) {
      lines += linesIn(chunk)
      options.onCopied(bytes, isPlain ? lines : null)
    }
    return chunk
  }
  const copy = async (): Promise<string> => {
    let head = Buffer.alloc(0)
    while (head.length < 8) {
      const chunk = await next()
      if (chunk === null) break
      head = Buffer.concat([head, chunk])
    }
    async function* all(): AsyncGenerator<Buffer> {
      yield head
      for (let chunk = await next(); chunk !== null; chunk = await next()) yield chunk
    }
    givenCompression = detectCompression(head)
    isPlain = givenCompression === 'none'
    return givenCompression === 'none' ? writeGzip(all(), options) : writeRaw(all(), givenCompression, options)
  }
  try {
    const path = await abortable(copy(), options.signal)
    return { path, bytes, sha256: hash.digest('hex'), givenCompression }
  } catch (error) {
    stream.destroy()
    throw asScanError(error, options)
  }
}

function linesIn(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++
  return lines
}

/** Rejects as soon as the signal says so, also while a silent pipe is being waited for. */
function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/**
 * Writes bytes into the spool through gzip level 1.
 *
 * @returns the path
 */
export async function writeGzip(bytes: AsyncIterable<Buffer>, { spool, signal }: SpoolOptions): Promise<string> {
  const path = spool.nextPath('.gz')
  const gzip = createGzip({ level: 1, chunkSize: 1 << 17, memLevel: 9 })
  await pipeline(bytes, gzip, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal })
  return path
}

async function writeRaw(
  bytes: AsyncIterable<Buffer>,
  compression: Exclude<Compression, 'none'>,
  { spool, signal }: SpoolOptions,
): Promise<string> {
  const path = spool.nextPath(compression === 'gzip' ? '.gz' : '.zst')
  await pipeline(bytes, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal })
  return path
}

/** The user's error for a failed copy. */
export function asScanError(error: unknown, { name, spool, signal }: SpoolOptions): ScanError {
  if (error instanceof ScanError) return error
  const cause = { cause: error }
  if (signal?.aborted === true) return new ScanError('INTERRUPTED', 'interrupted', 'Start again when ready.', cause)
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `no space left in '${spool.directory}' for a copy of the input`
    return new ScanError('OUT_OF_DISK', message, 'Free space, or name another folder in TMPDIR.', cause)
  }
  return unreadable(name, error)
}
