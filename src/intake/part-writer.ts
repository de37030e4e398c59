import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { FieldMapping } from '../formats/format.ts'
import type { Source } from '../sources/source.ts'
import type { Spool } from '../sources/spool.ts'

/** Characters that are gathered before they are compressed. */
const BATCH_CHARACTERS = 1 << 18

/** Bytes that may wait for compression, which runs beside the reading. */
const IN_FLIGHT_BYTES = 4 << 20

/** A translated copy: one flat JSON object of canonical fields a line, for an engine to read. */
export interface Part {
  readonly source: Source
  readonly mapping: FieldMapping
  /** Positions of the files whose records it holds, ascending. */
  readonly files: readonly number[]
  /** File and physical line of a record of it, 0-based; `null` where they were not kept. */
  readonly origin: null | ((record: number) => { readonly file: number; readonly line: number })
}

export interface PartWriter {
  write(values: Readonly<Record<string, string | number>>, file: number, line: number): void
  /** Resolves when there is room for more; call it now and then. */
  ready(): Promise<void>
  close(): Promise<Part>
  /** Gives up; the file is left to the spool. */
  destroy(): void
}

export interface PartOptions {
  readonly spool: Spool
  readonly role: Source['role']
  readonly name: string
  readonly mergesRows: boolean
  /** Whether a record may still be rejected by the engine, and has to be found again. */
  readonly keepsOrigins: boolean
}

/** Writes canonical records into the spool, gzip level 1. @throws the file system's error, from `ready` and `close` */
export function openPart(options: PartOptions): PartWriter {
  const path = options.spool.nextPath('.ndjson.gz')
  const waiting = new PassThrough({ highWaterMark: IN_FLIGHT_BYTES })
  const gzip = createGzip({ level: 1 })
  const target = createWriteStream(path, { mode: 0o600, flags: 'wx' })
  waiting.pipe(gzip).pipe(target)
  const done = finished(target)
  done.catch(() => {}) // told by `ready` or `close`
  let failure: unknown = null
  target.on('error', (error) => {
    failure = error
    gzip.destroy()
  })
  const fields = new Set<string>()
  const files = new Set<number>()
  const origins = options.keepsOrigins ? createOrigins() : null
  let pending = ''
  let hasRoom = true
  const flush = (): void => {
    if (pending === '' || failure !== null) return
    hasRoom = waiting.write(pending)
    pending = ''
  }
  return {
    write(values, file, line) {
      for (const field in values) fields.add(field)
      files.add(file)
      origins?.add(file, line)
      pending += `${JSON.stringify(values)}\n`
      if (pending.length > BATCH_CHARACTERS) flush()
    },
    async ready() {
      if (failure !== null) throw failure
      if (hasRoom) return
      await Promise.race([once(waiting, 'drain'), done])
      hasRoom = true
    },
    async close() {
      flush()
      waiting.end()
      await done
      return {
        source: { ...partSource(path, options), bytes: target.bytesWritten },
        mapping: partMapping(fields, options),
        files: [...files].sort((a, b) => a - b),
        origin: origins?.at ?? null,
      }
    },
    destroy() {
      waiting.destroy()
      gzip.destroy()
      target.destroy()
    },
  }
}

const partSource = (path: string, { name, role }: PartOptions): Source => ({
  name,
  path,
  role,
  bytes: 0,
  sha256: Promise.resolve(''),
  compression: 'gzip',
  layers: ['gzip'],
  expansion: 1,
  container: 'ndjson',
  encoding: 'utf-8',
  lineFormat: null,
  envelope: null,
  notInPlace: null,
  dialect: null,
  sample: [],
})

const partMapping = (fields: ReadonlySet<string>, { mergesRows }: PartOptions): FieldMapping => ({
  preset: 'translated',
  fields: Object.fromEntries([...fields].map((field) => [field, [{ column: field, index: -1, path: [] }]])),
  ...(mergesRows ? { mergesRows } : {}),
  columnsSeen: [...fields],
  notes: [],
})

/** Where each record came from, sixteen bytes a record. */
function createOrigins() {
  let numbers = new Float64Array(1024)
  let count = 0
  return {
    add(file: number, line: number): void {
      if (count * 2 === numbers.length) {
        const larger = new Float64Array(count * 4)
        larger.set(numbers)
        numbers = larger
      }
      numbers[count * 2] = file
      numbers[count * 2 + 1] = line
      count++
    },
    at: (record: number) => ({ file: numbers[record * 2]!, line: numbers[record * 2 + 1]! }),
  }
}
