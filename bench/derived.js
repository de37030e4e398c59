import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** Logs that are made of a simulated one: damaged, arranged otherwise, taken apart. */

/** One line in so many is cut in the middle. */
const DAMAGED_ONE_IN = 200
/** Share of a compressed file that is left. */
const CUT_AT = 0.9

/**
 * @param {string} log
 * @param {(line: string, number: number) => string} change
 * @param {{ first?: string, last?: string, between?: string }} [frame]
 */
async function* changed(log, change, { first = '', last = '', between = '\n' } = {}) {
  let number = 0
  let pending = first
  for await (const line of createInterface({ input: createReadStream(log) })) {
    pending += `${number === 0 ? '' : between}${change(line, number++)}`
    if (pending.length < 1 << 18) continue
    yield pending
    pending = ''
  }
  yield `${pending}${last}\n`
}

/**
 * @param {AsyncIterable<string>} text
 * @param {string} to
 */
const write = (text, to) => pipeline(Readable.from(text), createWriteStream(to))

/** @param {string} line @param {number} number */
const damage = (line, number) => (number % DAMAGED_ONE_IN === 7 ? line.slice(0, line.length >> 1) : line)

/** What is written of each, given the plain log and where it goes. */
export const DERIVED = /** @type {const} */ ({
  /** @param {string} log @param {string} to */
  damaged: (log, to) => write(changed(log, damage), to),
  /** @param {string} log @param {string} to */
  array: (log, to) =>
    write(
      changed(log, (line) => line, { first: '[', last: ']', between: ',\n' }),
      to,
    ),
  /** @param {string} log @param {string} to */
  cutGz: async (log, to) => {
    await pipeline(createReadStream(log), createGzip({ level: 6 }), createWriteStream(to))
    await truncate(to, Math.floor(statSync(to).size * CUT_AT))
  },
  /** @param {string} log @param {string} to */
  twice: (log, to) => write(twice(log), to),
})

/** @param {string} log */
async function* twice(log) {
  yield* changed(log, (line) => line)
  yield* changed(log, (line) => line)
}

/** Fields that an edge sees of a request. */
const EDGE = ['ip', 'user_agent', 'tls_fingerprint', 'device_fingerprint']

/**
 * The log taken apart: what the service logs, and what an edge saw of the same requests.
 *
 * @param {string} log
 * @param {{ requests: string, edge: string }} to
 */
export async function takeApart(log, { requests, edge }) {
  /** @param {(key: string) => boolean} keeps */
  const part = (keeps) =>
    changed(log, (line, number) => {
      const record = JSON.parse(line)
      const kept = Object.fromEntries(Object.entries(record).filter(([key]) => keeps(key)))
      return JSON.stringify({ request_id: `req-${number.toString(36)}`, ...kept })
    })
  await write(
    part((key) => !EDGE.includes(key) && key !== 'request_id'),
    requests,
  )
  await write(
    part((key) => EDGE.includes(key) || key === 'timestamp'),
    edge,
  )
}
