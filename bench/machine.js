import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { join } from 'node:path'
import { hasGnuTime } from './measure.js'

/**
 * Where and with what the figures were made: a list of names and values.
 *
 * @param {{ command: string, engineVersion: string, startLoad: number }} run
 * @returns {[name: string, value: string][]}
 */
export function describeRun({ command, engineVersion, startLoad }) {
  const cores = os.availableParallelism()
  return [
    ['command', `\`${command}\``],
    ['date', new Date().toISOString().slice(0, 16).replace('T', ' ').concat(' UTC')],
    ['commit', commit()],
    ['processor', `${os.cpus()[0]?.model ?? 'unknown'}, ${cores} ${cores === 1 ? 'core' : 'cores'}`],
    ['memory', `${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`],
    ['system', `${os.type()} ${os.release()} ${os.arch()}`],
    ['Node', process.version],
    ['DuckDB', engineVersion],
    ['load average', `${startLoad.toFixed(1)} before, ${(os.loadavg()[0] ?? 0).toFixed(1)} at the end (one minute)`],
    ['measured with', hasGnuTime ? 'GNU time' : "Node's own resource usage"],
  ]
}

/** With a `+` if files differ from it. */
function commit() {
  /** @param {string[]} args */
  const git = (...args) =>
    execFileSync('git', ['-C', join(import.meta.dirname, '..'), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', 'src', 'bin') === '' ? '' : '+')
  } catch {
    return 'unknown' // no repository, or no git
  }
}
