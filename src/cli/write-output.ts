import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ScanError } from '../errors.ts'
import { folderProblem, MISSING, reasonOf } from './folder.ts'
import type { Io } from './io.ts'

/** Where the report goes. */
export interface Output {
  readonly isTerminal: boolean
  /** Writes the whole report, a text or its pieces; a file appears complete or not at all. */
  write(text: string | Iterable<string>, signal?: AbortSignal): Promise<void>
}

const STDOUT = new Set(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])

/**
 * Decides where the report goes, before the scan begins: nobody should wait an hour to learn of a wrong folder.
 *
 * @param path `undefined` or `-` for standard output; a device or pipe is written directly, a file atomically
 * @param inputs files that must not be written over
 * @throws ScanError OUTPUT_UNWRITABLE
 */
export async function openOutput(path: string | undefined, io: Io, inputs: readonly string[] = []): Promise<Output> {
  if (path === undefined || STDOUT.has(path)) {
    return { isTerminal: io.stdoutIsTerminal, write: (text, signal) => print(io, piecesOf(text), signal) }
  }
  const target = await realpath(path).catch(() => path) // a link keeps pointing where it points
  const present = await stat(target).catch(() => null)
  if (present?.isDirectory()) throw unwritable(path, 'is a folder', 'Name a file inside it.')
  if (target.startsWith('/dev/') || (present !== null && !present.isFile())) {
    await checkAccess(path, target)
    return {
      isTerminal: false,
      write: (text, signal) => writeDirectly(path, { target, pieces: piecesOf(text), signal }),
    }
  }
  for (const input of inputs) {
    const other = await stat(input).catch(() => null)
    if (present !== null && other !== null && other.ino === present.ino && other.dev === present.dev) {
      throw unwritable(path, 'is one of the inputs', 'Name another file: this one would replace an input.')
    }
  }
  await checkFolder(path, dirname(target))
  if (present !== null) await checkAccess(path, target)
  const mode = present === null ? undefined : present.mode & 0o777
  return {
    isTerminal: false,
    write: (text, signal) => writeAtomically(path, { target, pieces: piecesOf(text), signal, mode }),
  }
}

/** A text is iterable as well, but by its characters. */
const piecesOf = (text: string | Iterable<string>): Iterable<string> => (typeof text === 'string' ? [text] : text)

async function print(io: Io, pieces: Iterable<string>, signal?: AbortSignal): Promise<void> {
  for (const piece of pieces) {
    signal?.throwIfAborted()
    await io.out(piece)
  }
}

interface Writing {
  readonly target: string
  readonly pieces: Iterable<string>
  readonly signal: AbortSignal | undefined
  readonly mode?: number | undefined
}

/** Into a new file beside the target, down to the disk, then renamed over it: no reader ever sees half a report. */
async function writeAtomically(path: string, { target, pieces, signal, mode }: Writing): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx')
    try {
      if (mode !== undefined) await file.chmod(mode)
      for (const piece of pieces) await file.writeFile(piece, { signal })
      await file.sync()
    } finally {
      await file.close()
    }
    signal?.throwIfAborted()
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw signal?.aborted || !isOfSystem(error) ? error : failed(path, error)
  }
}

async function writeDirectly(path: string, { target, pieces, signal }: Writing): Promise<void> {
  try {
    await writeFile(target, pieces, { flag: 'w', signal })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return // the reader has all it wants
    throw signal?.aborted || !isOfSystem(error) ? error : failed(path, error)
  }
}

/** Whether the disk or the folder is to blame, and not what makes the report. */
const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error

async function checkFolder(path: string, folder: string): Promise<void> {
  const problem = await folderProblem(folder)
  if (problem === null) return
  const hint = problem === MISSING ? `Create it: mkdir -p '${folder}'` : 'Name a file in a folder you may write to.'
  throw unwritable(path, `: the folder '${folder}' ${problem}`, hint)
}

const checkAccess = (path: string, target: string): Promise<void> =>
  access(target, constants.W_OK).catch((error) => {
    throw failed(path, error)
  })

function failed(path: string, error: unknown): ScanError {
  const hint = 'Name a file in a folder you may write to, or leave -o out to print the report.'
  return unwritable(path, `: ${reasonOf(error)}`, hint, error)
}

/** @param what follows the quoted path: a verb, or a colon and the reason */
function unwritable(path: string, what: string, hint: string, cause?: unknown): ScanError {
  const message = what.startsWith(':') ? `cannot write '${path}'${what}` : `cannot write '${path}': it ${what}`
  return new ScanError('OUTPUT_UNWRITABLE', message, hint, { cause })
}
