import { Worker } from 'node:worker_threads'
import { ScanError } from '../errors.ts'
import { unreadable } from './unreadable.ts'

/** Hashes files beside the scan, one after another, in a thread of its own. */
export interface Hasher {
  /** SHA-256 over the file as stored, lower-case hex. Rejects with ScanError; nobody has to listen. */
  hash(path: string): Promise<string>
  /** Stops at once; what is not finished rejects with INTERRUPTED. Call it always: pending work keeps the process alive. */
  close(): Promise<void>
}

/**
 * The worker, as text: a file beside this one would be found from `dist` or from `src`, not from both. It reads
 * synchronously, 1 MiB at a time, since nothing else runs in its thread.
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
      for (let n; (n = fs.readSync(file, buffer, 0, buffer.length, null)) > 0; ) hash.update(buffer.subarray(0, n))
      parentPort.postMessage({ id, sha256: hash.digest('hex') })
    } finally {
      fs.closeSync(file)
    }
  } catch (error) {
    parentPort.postMessage({ id, code: String(error.code) })
  }
})`

interface Reply {
  readonly id: number
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

  const settle = (reply: Reply): void => {
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
    async close() {
      isClosed = true
      failAll(interrupted)
      await worker?.terminate()
    },
  }
}

const interrupted = (): ScanError => new ScanError('INTERRUPTED', 'interrupted', 'Start again when ready.')
