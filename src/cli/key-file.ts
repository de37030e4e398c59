import { open } from 'node:fs/promises'
import { ScanError } from '../errors.ts'
import { reasonOf } from './folder.ts'
import type { Io } from './io.ts'

/** Bytes. As long as the output of SHA-256: a shorter key is the weaker part (RFC 2104, section 3). */
const LEAST = 32
/** Bytes. Whatever is longer is no key: a log, named by mistake, would be one that others have. */
const MOST = 4096

const HINT = 'Make one: (umask 077; head -c 32 /dev/urandom | base64 > key)'

/**
 * The key in the file that `--pseudonymize` names, without a newline at its end. Warns on standard error of a file that others
 * may read. No message holds anything of it.
 *
 * @returns `null` without a name
 * @throws ScanError INPUT_NOT_FOUND, INPUT_UNREADABLE, USAGE for a key that is too short or too long
 */
export async function readKey(
  path: string | undefined,
  { io, isQuiet }: { readonly io: Pick<Io, 'err' | 'platform'>; readonly isQuiet: boolean },
): Promise<Uint8Array | null> {
  if (path === undefined) return null
  const { bytes, isOpenToOthers } = await readStart(path).catch((error) => {
    throw unusable(path, error)
  })
  const key = withoutNewline(bytes)
  if (key.length < LEAST || bytes.length > MOST) {
    const what =
      key.length === 0 ? 'is empty' : key.length < LEAST ? `has ${key.length} bytes` : 'is no key: it is too long'
    const bound = key.length < LEAST ? `, and a key has ${LEAST} or more` : ''
    throw new ScanError('USAGE', `--pseudonymize: '${path}' ${what}${bound}`, HINT)
  }
  if (isOpenToOthers && io.platform !== 'win32' && !isQuiet) {
    io.err(`warning: the key in '${path}' may be read by others: chmod 600\n`)
  }
  return key
}

/** No more than it takes to know that it is too long. */
async function readStart(path: string) {
  const file = await open(path)
  try {
    const stat = await file.stat()
    const buffer = Buffer.alloc(MOST + 1)
    let length = 0
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = (await file.read(buffer, length, buffer.length - length, null)).bytesRead
    }
    return { bytes: buffer.subarray(0, length), isOpenToOthers: stat.isFile() && (stat.mode & 0o077) !== 0 }
  } finally {
    await file.close()
  }
}

function withoutNewline(bytes: Uint8Array): Uint8Array {
  const end = bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length
  return bytes.subarray(0, end < bytes.length && bytes[end - 1] === 0x0d ? end - 1 : end)
}

function unusable(path: string, error: unknown): ScanError {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
  const code = isMissing ? 'INPUT_NOT_FOUND' : 'INPUT_UNREADABLE'
  const message = isMissing ? `no such file: '${path}'` : `cannot read '${path}': ${reasonOf(error)}`
  return new ScanError(code, `--pseudonymize: ${message}`, HINT, { cause: error })
}
