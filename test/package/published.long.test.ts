import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/**
 * What a user would install: the files that `npm pack` takes, beside the packages that are no development dependency.
 * What the bundle forgot to take in, or what was not published, is missing here, though it is there in every clone.
 */

const home = mkdtempSync(join(tmpdir(), 'distill-scan-published-'))
const installed = join(home, 'node_modules', 'distill-scan')

interface Locked {
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly peer?: boolean
}

beforeAll(() => {
  const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' })
  const [{ files }] = JSON.parse(told) as [{ files: { path: string }[] }]
  for (const { path } of files) {
    mkdirSync(dirname(join(installed, path)), { recursive: true })
    cpSync(path, join(installed, path))
  }
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
  for (const [path, { dev, devOptional, peer }] of Object.entries(packages)) {
    if (path === '' || dev || devOptional || peer || !existsSync(path)) continue
    mkdirSync(dirname(join(home, path)), { recursive: true })
    symlinkSync(resolve(path), join(home, path))
  }
})

afterAll(() => rmSync(home, { recursive: true }))

const node = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const run = (...args: readonly string[]): string => node(join(installed, 'bin/distill-scan.js'), ...args)

const LOGS = resolve('fixtures/demo/logs.ndjson')

describe('the published package, with nothing but its dependencies', () => {
  // The modules one by one show what the bundle should give: a bundler leaves out what it believes to do nothing.
  test.each(['table', 'json', 'ndjson', 'html'])('gives the same %s as the modules it is made of', (format) => {
    const args = ['scan', LOGS, '--accounts', resolve('fixtures/demo/accounts.csv'), '--format', format]
    const main = "import { main } from './dist/cli/main.js'; process.exitCode = await main(process.argv.slice(1))"
    expect(run(...args)).toBe(node('--input-type=module', '-e', main, '--', ...args))
  })

  test('writes rejects, simulates, and keeps a case', () => {
    const rejects = join(home, 'rejects.ndjson')
    run('scan', LOGS, '--rejects', rejects)
    expect(readFileSync(rejects, 'utf8')).toMatch(/^(\{"file":.*\}\n)*$/)
    const folder = join(home, 'simulated')
    run('simulate', '--out', folder, '--requests', '2000', '--accounts', '200')
    expect(existsSync(join(folder, 'logs.ndjson'))).toBe(true)
    const file = join(home, 'nights.case')
    run('scan', join(folder, 'logs.ndjson'), '--case', file)
    expect(run('case', 'show', file)).toMatch(/requests/)
  })

  test('is a library', () => {
    const script =
      "import { scan } from 'distill-scan'; scan({ inputs: [process.argv[1]] }).then((r) => console.log(r.networks.length > 0))"
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, LOGS], {
      cwd: home,
      encoding: 'utf8',
    })
    expect(said).toBe('true\n')
    expect(existsSync(join(installed, 'dist/index.d.ts'))).toBe(true)
    expect(existsSync(join(installed, 'dist/index.js'))).toBe(false)
  })

  test('brings the licences of what is in it', () => {
    const texts = readFileSync(join(installed, 'bundle/THIRD-PARTY.txt'), 'utf8')
    for (const name of ['@duckdb/node-api', 'commander', 'csv-parse', 'echarts'])
      expect(texts).toMatch(new RegExp(`^${name} [0-9]`, 'm'))
    expect(texts).toContain('2010-2016 Mike Bostock') // of code that a package took over
    expect(texts).toContain('Apache ECharts') // a notice, which its licence asks for beside the text
  })
})
