import { createReadStream, promises as fs } from 'node:fs'
import { unlink } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { ScanError } from '../errors.ts'
import type { Hasher } from './hash.ts'
import { printable } from './printable.ts'
import { resolveInputs, STDIN } from './resolve.ts'
import { damageNote, rewrite } from './rewrite.ts'
import { SAMPLE_BYTES, type Sniffed, sniff } from './sniff.ts'
import type { Compression, Source } from './source.ts'
import type { Spool } from './spool.ts'
import { spoolStream } from './spool-stream.ts'
import { unreadable } from './unreadable.ts'

/** Samples of all inputs together are taken from about this much text, bytes. */
const ALL_SAMPLES_BYTES = 32 << 20
const LEAST_SAMPLE_BYTES = 16_384

export interface OpenOptions {
  /** Files, globs or `-`, with requests. */
  readonly inputs: readonly string[]
  /** Files, globs or `-`, with accounts. */
  readonly accounts: readonly string[]
  readonly stdin: Readable
  readonly signal?: AbortSignal | undefined
  /** Where pipes and files that cannot be read in place are copied to; the caller disposes of it. */
  readonly spool: Spool
  /** Hashes files beside the scan; the caller closes it. */
  readonly hasher: Hasher
}

/** An input in which nothing is written. */
export type EmptyInput = Pick<Source, 'name' | 'role' | 'bytes' | 'sha256' | 'compression'>

export interface OpenedSources {
  /** Logs, then accounts files, each in the order given; globs expanded in sorted order. */
  readonly sources: readonly Source[]
  /** Inputs without content, each also a warning. No source with role `log` means that there is nothing to scan. */
  readonly empty: readonly EmptyInput[]
  /** One sentence each, in the order of the inputs. */
  readonly warnings: readonly string[]
  /** Whether the compressed data of an input was seen to be damaged or cut short. */
  readonly isDamaged: boolean
}

/**
 * Finds the inputs and recognises each by its content: standard input and other pipes are copied into the spool, a file
 * that an engine cannot read where it is (see `Rewrite`) is written again there.
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
    ...logs.paths.map((name) => ({ name, role: 'log' as const })),
    ...accounts.paths.map((name) => ({ name, role: 'accounts' as const })),
  ]
  const share = Math.floor(ALL_SAMPLES_BYTES / Math.max(names.length, 1))
  const sampleBytes = Math.min(SAMPLE_BYTES, Math.max(LEAST_SAMPLE_BYTES, share))
  const sources: Source[] = []
  const empty: EmptyInput[] = []
  const warnings = [...logs.warnings, ...accounts.warnings]
  let isDamaged = false
  for (const { name, role } of names) {
    if (options.signal?.aborted === true) throw new ScanError('INTERRUPTED', 'interrupted', 'Start again when ready.')
    const stored = await store(name, options)
    const sniffed = await sniff(stored.path, name, sampleBytes)
    const { container, dialect, sample } = sniffed
    const common = { name, role, bytes: stored.bytes, sha256: stored.sha256 }
    const givenCompression = stored.givenCompression ?? sniffed.compression
    if (container === 'empty') {
      empty.push({ ...common, compression: givenCompression })
      warnings.push(`'${printable(name)}' is empty`)
      continue
    }
    const { path, compression, warning } = await makeReadable(stored, sniffed, { ...options, name })
    if (warning !== null) {
      warnings.push(warning)
      isDamaged = true
    }
    const given = givenCompression === compression ? {} : { givenCompression }
    sources.push({ ...common, path, compression, ...given, container, dialect, sample })
  }
  return { sources, empty, warnings, isDamaged }
}

interface Stored extends Pick<Source, 'path' | 'bytes' | 'sha256'> {
  /** Of a pipe; `null` when `path` is the file as given, not a copy of ours. */
  readonly givenCompression: Compression | null
}

/** A regular file stays where it is; what can be read only once is copied. */
async function store(name: string, { stdin, spool, signal, hasher }: OpenOptions): Promise<Stored> {
  let stream = stdin
  if (name !== STDIN) {
    const stat = await fs.stat(name).catch((error) => {
      throw unreadable(name, error)
    })
    if (stat.isFile()) return { path: name, bytes: stat.size, sha256: hasher.hash(name), givenCompression: null }
    stream = createReadStream(name)
  }
  const copy = await spoolStream(stream, { spool, name, signal })
  return { ...copy, sha256: Promise.resolve(copy.sha256) }
}

type Place = Pick<Source, 'path' | 'compression'> & { readonly warning: string | null }

/** The warning is only for damage: a byte order mark or an array is read in full, and needs no action. */
async function makeReadable(
  stored: Stored,
  { compression, rewrite: how }: Sniffed,
  options: OpenOptions & { readonly name: string },
): Promise<Place> {
  if (how === null) return { path: stored.path, compression, warning: null }
  const { path, isDamaged } = await rewrite({ path: stored.path, compression }, how, options)
  if (stored.givenCompression !== null) await unlink(stored.path)
  return { path, compression: 'gzip', warning: isDamaged ? damageNote(options.name) : null }
}
