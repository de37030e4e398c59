import { createReadStream, promises as fs } from 'node:fs'
import type { Readable } from 'node:stream'
import { ScanError } from '../errors.ts'
import type { Hasher } from './hash.ts'
import { printable } from './printable.ts'
import { resolveInputs, STDIN } from './resolve.ts'
import { SAMPLE_BYTES, type SniffOptions, sniff } from './sniff.ts'
import type { Compression, Source } from './source.ts'
import type { Spool } from './spool.ts'
import { spoolStream } from './spool-stream.ts'
import { unreadable } from './unreadable.ts'

/** Samples of all inputs together are taken from about this much text, bytes. */
const ALL_SAMPLES_BYTES = 32 << 20
const LEAST_SAMPLE_BYTES = 16_384

export interface OpenOptions {
  /** Files, folders, globs or `-`; what each is, is told by its content. */
  readonly inputs: readonly string[]
  /** The same, with accounts whatever they look like. */
  readonly accounts: readonly string[]
  readonly stdin: Readable
  readonly signal?: AbortSignal | undefined
  /** Where pipes are copied to; the caller disposes of it. */
  readonly spool: Spool
  /** Hashes files beside the scan; the caller closes it. */
  readonly hasher: Hasher
  /** Told while a pipe is copied, see {@link SpoolOptions}. */
  readonly onCopied?: ((name: string, bytes: number, lines: number | null) => void) | undefined
  /** Names for the columns of tables without a header. */
  readonly columns?: readonly string[]
}

/** An input in which nothing is written. */
export type EmptyInput = Pick<Source, 'name' | 'role' | 'bytes' | 'sha256' | 'compression'>

export interface OpenedSources {
  /** Logs, then accounts files, each in the order given; folders and globs expanded in sorted order. */
  readonly sources: readonly Source[]
  /** Inputs without content, each also a warning. */
  readonly empty: readonly EmptyInput[]
  /** Names of those that were found in a folder, and not named by the user. */
  readonly found: ReadonlySet<string>
  /** One sentence each, in the order of the inputs. */
  readonly warnings: readonly string[]
}

/** Files that are looked at side by side. */
const AT_ONCE = 16

/**
 * Finds the inputs and recognises each by its content. Standard input and other pipes are copied into the spool, since
 * they can be read only once. A file that was found in a folder and is no log is left out with a warning.
 *
 * @throws ScanError INPUT_NOT_FOUND, INPUT_UNREADABLE, USAGE (`-` twice), OUT_OF_DISK, INTERRUPTED
 */
export async function openSources(options: OpenOptions): Promise<OpenedSources> {
  const logs = await resolveInputs(options.inputs)
  const accounts = await resolveInputs(options.accounts)
  if (logs.paths.includes(STDIN) && accounts.paths.includes(STDIN)) {
    throw new ScanError('USAGE', "standard input ('-') is named twice", 'Name it once.')
  }
  const names = [
    ...logs.paths.map((name) => ({ name, role: 'log' as const, isFound: logs.found.has(name) })),
    ...accounts.paths.map((name) => ({ name, role: 'accounts' as const, isFound: accounts.found.has(name) })),
  ]
  const share = Math.floor(ALL_SAMPLES_BYTES / Math.max(names.length, 1))
  const how: SniffOptions = {
    sampleBytes: Math.min(SAMPLE_BYTES, Math.max(LEAST_SAMPLE_BYTES, share)),
    ...(options.columns === undefined ? {} : { columns: options.columns }),
  }
  const opened: Opened[] = []
  for (let at = 0; at < names.length; at += AT_ONCE) {
    if (options.signal?.aborted === true) throw new ScanError('INTERRUPTED', 'interrupted', 'Start again when ready.')
    opened.push(...(await Promise.all(names.slice(at, at + AT_ONCE).map((each) => openOne(each, how, options)))))
  }
  return {
    sources: opened.flatMap(({ source }) => source ?? []),
    empty: opened.flatMap(({ empty }) => empty ?? []),
    found: new Set([...logs.found, ...accounts.found]),
    warnings: [...logs.warnings, ...accounts.warnings, ...opened.flatMap(({ warning }) => warning ?? [])],
  }
}

interface Opened {
  readonly source?: Source
  readonly empty?: EmptyInput
  readonly warning?: string
}

interface Named {
  readonly name: string
  readonly role: 'log' | 'accounts'
  /** Found in a folder, and not named by the user. */
  readonly isFound: boolean
}

async function openOne({ name, role, isFound }: Named, how: SniffOptions, options: OpenOptions): Promise<Opened> {
  try {
    const stored = await store(name, options)
    const { container, ...sniffed } = await sniff(stored.path, name, how)
    const common = { name, role, bytes: stored.bytes, sha256: stored.sha256 }
    const compression = stored.givenCompression ?? sniffed.compression
    if (container === 'empty') {
      return { empty: { ...common, compression }, warning: `'${printable(name)}' is empty` }
    }
    const given = compression === sniffed.compression ? {} : { givenCompression: compression }
    return { source: { ...common, path: stored.path, ...sniffed, ...given, container } }
  } catch (error) {
    if (!isFound || !(error instanceof ScanError) || error.code !== 'INPUT_UNREADABLE') throw error
    return { warning: `${error.message}: left out` }
  }
}

interface Stored extends Pick<Source, 'path' | 'bytes' | 'sha256'> {
  /** Of a pipe; `null` when `path` is the file as given, not a copy of ours. */
  readonly givenCompression: Compression | null
}

/** A regular file stays where it is; what can be read only once is copied. */
async function store(name: string, { stdin, spool, signal, hasher, onCopied }: OpenOptions): Promise<Stored> {
  let stream = stdin
  if (name !== STDIN) {
    const stat = await fs.stat(name).catch((error) => {
      throw unreadable(name, error)
    })
    if (stat.isFile()) return { path: name, bytes: stat.size, sha256: hasher.hash(name), givenCompression: null }
    stream = createReadStream(name)
  }
  const told = onCopied && ((bytes: number, lines: number | null) => onCopied(name, bytes, lines))
  const copy = await spoolStream(stream, { spool, name, signal, onCopied: told })
  return { ...copy, sha256: Promise.resolve(copy.sha256) }
}
