import { Worker } from 'node:worker_threads'
import { ScanError } from '../errors.ts'
import { unreadable } from './unreadable.ts'

/** Hashes files beside the scan, one after another, in a thread of its own. */
export interface Hasher {
  /** SHA-256 over the file as stored, lower-case hex. Rejects with ScanError; nobody has to listen. */
  hash(path: string): Promise<string>
  /** Bytes of all files that were hashed so far, within a few MiB. */
  hashedBytes(): number
  /** Stops at once; what is not finished rejects with INTERRUPTED. Call it always: pending work keeps the process alive. */
  close(): Promise<void>
}

/**
 * The worker, as text: a file beside this one would be found from `dist` or from `src`, not from both. It reads
 * synchronously, 1 MiB at a time, since nothing else runs in its thread, and says now and then how many bytes that were.
 */
const WORKER = `
const { parentPort } = require('node:worker_threads')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const buffer = Buffer.allocUnsafeSlow(1 << 20)
parentPort.on('message', ({ id, path }) => {
  try {
    const file = fs.openSync(path, 'r')
    try {
      const hash = createHash('sha256')
      let bytes = 0
      for (let n; (n = fs.readSync(file, buffer, 0, buffer.length, null)) > 0; ) {
        hash.update(buffer.subarray(0, n))
        if ((bytes += n) < 8 << 20) continue
        parentPort.postMessage({ bytes })
        bytes = 0
      }
      parentPort.postMessage({ id, bytes, sha256: hash.digest('hex') })
    } finally {
      fs.closeSync(file)
    }
  } catch (error) {
    parentPort.postMessage({ id, code: String(error.code) })
  }
})`

interface Reply {
  /** Of the job that is done with this; none while one runs. */
  readonly id?: number
  /** Read since the last reply. */
  readonly bytes?: number
  readonly sha256?: string
  readonly code?: string
}

interface Job {
  readonly path: string
  resolve(sha256: string): void
  reject(error: ScanError): void
}

/** A hasher whose thread starts with the first file. */
export function createHasher(): Hasher {
  const jobs = new Map<number, Job>()
  let worker: Worker | null = null
  let nextId = 0
  let isClosed = false
  let hashedBytes = 0

  const settle = (reply: Reply): void => {
    hashedBytes += reply.bytes ?? 0
    if (reply.id === undefined) return
    const job = jobs.get(reply.id)
    jobs.delete(reply.id)
    if (!isClosed && jobs.size === 0) worker?.unref() // a closing worker must keep the process until it has ended
    if (reply.sha256 !== undefined) job?.resolve(reply.sha256)
    else job?.reject(unreadable(job.path, { code: reply.code }))
  }
  const failAll = (makeError: (path: string) => ScanError): void => {
    for (const job of jobs.values()) job.reject(makeError(job.path))
    jobs.clear()
  }
  const start = (): Worker => {
    const thread = new Worker(WORKER, { eval: true, execArgv: [], env: {} })
    thread.on('message', settle)
    thread.on('error', (error) => failAll((path) => unreadable(path, error)))
    return thread
  }
  return {
    hash(path) {
      const result = new Promise<string>((resolve, reject) => {
        if (isClosed) return reject(interrupted())
        const id = nextId++
        jobs.set(id, { path, resolve, reject })
        worker ??= start()
        worker.ref()
        worker.postMessage({ id, path })
      })
      result.catch(() => {}) // a scan that failed for another reason never asks
      return result
    },
    hashedBytes: () => hashedBytes,
    async close() {
      isClosed = true
      failAll(interrupted)
      await worker?.terminate()
    },
  }
}

const interrupted = (): ScanError => new ScanError('INTERRUPTED', 'interrupted', 'Start again when ready.')
