import { readFile, stat } from 'node:fs/promises'
import { addAbortSignal } from 'node:stream'
import { ScanError } from '../errors.ts'
import { resolveInputs, STDIN } from '../sources/resolve.ts'
import { unreadable } from '../sources/unreadable.ts'
import type { Io } from './io.ts'

/** What a message calls the input. */
export const nameOf = (path: string): string => (path === STDIN ? 'standard input' : path)

interface Reading {
  readonly io: Pick<Io, 'stdin'>
  /** Ends the wait for the input at once. */
  readonly signal: AbortSignal
  /** A file that a folder may hold, for the hint to who names the folder. */
  readonly example: string
}

/**
 * The text of one small file, such as a report or labels, or of standard input.
 *
 * @throws ScanError USAGE for a name of several files, INPUT_NOT_FOUND, INPUT_UNREADABLE also for what is compressed
 */
export async function readInput(name: string, { io, signal, example }: Reading): Promise<string> {
  if (name !== STDIN && (await stat(name).catch(() => null))?.isDirectory()) {
    const folder = name.replace(/\/+$/u, '')
    throw new ScanError('INPUT_UNREADABLE', `'${folder}' is a folder`, `Name one file in it: '${folder}/${example}'.`)
  }
  const [path = name, ...others] = (await resolveInputs([name])).paths
  if (others.length > 0) throw new ScanError('USAGE', `'${name}' stands for several files`, 'Name one.')
  const bytes = await readBytes(path, io, signal).catch((error) => {
    throw signal.aborted ? error : unreadable(nameOf(path), error)
  })
  if (isCompressed(bytes)) {
    throw new ScanError('INPUT_UNREADABLE', `'${nameOf(path)}' is compressed`, 'Unpack it first: gunzip or unzstd.')
  }
  return bytes.toString('utf8')
}

async function readBytes(path: string, io: Reading['io'], signal: AbortSignal): Promise<Buffer> {
  if (path !== STDIN) return readFile(path, { signal })
  const chunks: Buffer[] = []
  for await (const chunk of addAbortSignal(signal, io.stdin)) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}

/** The first bytes of gzip (RFC 1952, section 2.3.1) and of Zstandard (RFC 8878, section 3.1.1). */
const MAGIC = [Buffer.from([0x1f, 0x8b]), Buffer.from([0x28, 0xb5, 0x2f, 0xfd])]

const isCompressed = (bytes: Buffer): boolean => MAGIC.some((magic) => bytes.subarray(0, magic.length).equals(magic))
