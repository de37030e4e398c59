import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { isatty } from 'node:tty'
import { ScanError } from '../errors.ts'

/** The process as the commands see it; tests pass their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** Opened on first use. */
  readonly stdin: Readable
  readonly stdinIsTerminal: boolean
  readonly stdoutIsTerminal: boolean
  readonly stderrIsTerminal: boolean
  /** Columns of the terminal; `null` without one. */
  readonly columns: number | null
  /**
   * Writes to standard output and waits until it is taken. A reader that has gone (`| head`) has all it wants: the
   * rest is dropped silently.
   *
   * @throws ScanError OUTPUT_UNWRITABLE when the text cannot be stored, such as on a full disk
   */
  out(text: string): Promise<void>
  /** Writes to standard error; never throws. */
  err(text: string): void
  /** A clock that only goes forward, milliseconds. */
  nowMs(): number
  /** The time of day, epoch milliseconds. */
  clockMs(): number
  /** The most memory the process has held so far. */
  peakMemoryBytes(): number
  /** Bytes that the process has read from files and pipes so far; `null` where the system does not say. */
  bytesRead(): number | null
  /** Lets go of what would keep the process alive. */
  close(): void
}

/** The real process. */
export function processIo(): Io {
  let stdinWasOpened = false
  let readerHasGone = false
  process.stdout.on('error', () => {}) // every write has its own callback; without a listener Node prints a stack
  process.stderr.on('error', () => {})
  return {
    env: process.env,
    platform: process.platform,
    get stdin() {
      stdinWasOpened = true
      return process.stdin
    },
    stdinIsTerminal: isatty(0),
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns || process.stderr.columns || null, // 0 on some pseudo-terminals
    out: async (text) => {
      if (readerHasGone || text === '') return
      const error = await writeWhole(process.stdout, text)
      if (error === null) return
      readerHasGone = isReaderGone(error)
      if (!readerHasGone) throw outputFailed(error)
    },
    err: (text) => {
      process.stderr.write(text)
    },
    nowMs: () => performance.now(),
    clockMs: () => Date.now(),
    peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
    bytesRead,
    close: () => {
      if (stdinWasOpened) process.stdin.destroy()
    },
  }
}

/** Linux counts what each process reads: proc(5), `/proc/pid/io`, `rchar`. */
function bytesRead(): number | null {
  try {
    const [, count] = /^rchar: (\d+)$/mu.exec(readFileSync('/proc/self/io', 'utf8')) ?? []
    return count === undefined ? null : Number(count)
  } catch {
    return null
  }
}

const writeWhole = (stream: NodeJS.WritableStream, text: string): Promise<NodeJS.ErrnoException | null> =>
  new Promise((resolve) => {
    stream.write(text, (error) => resolve(error ?? null))
  })

const isReaderGone = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'

const outputFailed = (error: NodeJS.ErrnoException): ScanError =>
  new ScanError(
    'OUTPUT_UNWRITABLE',
    `the report could not be written to standard output (${error.code ?? 'unknown error'})`,
    'Free space, or name another place with -o FILE.',
    { cause: error },
  )
