import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * What a process took, from its start to its end.
 *
 * @typedef {object} Measured
 * @property {number} wallSeconds
 * @property {number} cpuSeconds user and system, all threads; NaN where it cannot be known
 * @property {number} peakBytes resident memory; NaN where it cannot be known
 * @property {number} firstByteSeconds until standard output began; NaN if it went to a file
 * @property {string} stderr
 * @property {number | string | null} exit its exit code, or the signal that ended it
 */

const TIME = '/usr/bin/time'
const HOOK = pathToFileURL(join(import.meta.dirname, 'usage-hook.js')).href

/** Node 20 reads the certificates that this names before it begins with a script: a twentieth of a second that is not ours. */
const { NODE_EXTRA_CA_CERTS: _, ...ENVIRONMENT } = process.env

/** GNU time starts the process from a small one. Without it, Node's own figures begin at the size of this process. */
export const hasGnuTime = spawnSync(TIME, ['-f', '%U %S %M', 'true'], { encoding: 'utf8' }).status === 0

/**
 * Runs a command to its end.
 *
 * @param {readonly string[]} command
 * @param {{ scratch: string, stdout?: string | null }} where a folder for notes, and the file that standard output goes
 *   to; with `null` it is read through a pipe and thrown away
 * @returns {Promise<Measured>}
 */
export async function measure(command, { scratch, stdout = devNull }) {
  const notes = join(scratch, `usage-${process.pid}.txt`)
  const isNode = command[0] === process.execPath
  const [file = '', ...args] = hasGnuTime ? [TIME, '-f', '%U %S %M', '-o', notes, ...command] : command
  const hook = { NODE_OPTIONS: `--import=${HOOK}`, DISTILL_BENCH_USAGE: notes }
  const out = stdout === null ? null : openSync(stdout, 'w')
  try {
    const startedMs = performance.now()
    const child = spawn(file, args, {
      stdio: ['ignore', out ?? 'pipe', 'pipe'],
      env: { ...ENVIRONMENT, NO_COLOR: '1', ...(hasGnuTime || !isNode ? {} : hook) },
    })
    const since = () => (performance.now() - startedMs) / 1000
    let firstByteSeconds = Number.NaN
    child.stdout?.once('data', () => {
      firstByteSeconds = since()
    })
    child.stdout?.resume()
    let stderr = ''
    child.stderr?.on('data', (chunk) => {
      stderr += chunk
    })
    const [exit, wallSeconds] = await ended(child, since)
    return { exit, wallSeconds, ...readUsage(notes), firstByteSeconds, stderr }
  } finally {
    if (out !== null) closeSync(out)
    rmSync(notes, { force: true })
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => number} since
 * @returns {Promise<[exit: number | string | null, wallSeconds: number]>}
 */
const ended = (child, since) =>
  new Promise((resolve, reject) => {
    let wallSeconds = 0
    child.once('error', reject)
    child.once('exit', () => {
      wallSeconds = since()
    })
    child.once('close', (code, signal) => resolve([code ?? signal, wallSeconds]))
  })

/** @param {string} path */
function readUsage(path) {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch {} // neither GNU time nor a Node process
  const [user = Number.NaN, system = Number.NaN, kib = Number.NaN] =
    text
      .trim()
      .split('\n')
      .at(-1)
      ?.match(/[\d.]+/gu)
      ?.map(Number) ?? []
  return { cpuSeconds: user + system, peakBytes: kib * 1024 }
}
