import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { hasGnuTime } from './measure.js'

/**
 * Where and with what the figures were made: a list of names and values.
 *
 * @param {{ command: string, engineVersion: string | null, startLoad: number, against?: string | null }} run `against`: folder of another build
 * @returns {[name: string, value: string][]}
 */
export function describeRun({ command, engineVersion, startLoad, against = null }) {
  const cores = os.availableParallelism()
  return [
    ['command', `\`${command}\``],
    ['date', new Date().toISOString().slice(0, 16).replace('T', ' ').concat(' UTC')],
    ['commit', commit(join(import.meta.dirname, '..'))],
    ...(against === null ? [] : [/** @type {[string, string]} */ (['before', commit(against)])]),
    ['processor', `${os.cpus()[0]?.model ?? 'unknown'}, ${cores} ${cores === 1 ? 'core' : 'cores'}`],
    ['memory', `${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`],
    ['system', `${os.type()} ${os.release()} ${os.arch()}`],
    ['Node', process.version],
    ...(engineVersion === null ? [] : [/** @type {[string, string]} */ (['DuckDB', engineVersion])]),
    ['load average', `${startLoad.toFixed(1)} before, ${(os.loadavg()[0] ?? 0).toFixed(1)} at the end (one minute)`],
    ['measured with', hasGnuTime ? 'GNU time' : "Node's own resource usage"],
  ]
}

/**
 * With a `+` if files differ from it.
 *
 * @param {string} folder
 */
function commit(folder) {
  /** @param {string[]} args */
  const git = (...args) =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', 'src', 'bin') === '' ? '' : '+')
  } catch {
    return 'unknown' // no repository, or no git
  }
}

/**
 * Whether a source file is newer than the build: the figures would be those of an older program.
 *
 * @param {string} built what the build writes last, below the root
 */
export function isBuildStale(built = 'bundle/main.js') {
  const root = join(import.meta.dirname, '..')
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const newestMs = Math.max(...names.map((name) => statSync(join(root, 'src', name))).map(({ mtimeMs }) => mtimeMs))
  return newestMs > (statSync(join(root, built), { throwIfNoEntry: false })?.mtimeMs ?? 0)
}
