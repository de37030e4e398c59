import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const scenarios = readdirSync('fixtures/cli')

interface Finished {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

/** The built command, as a user runs it: nothing in the environment but what is named here. */
async function runBin(args: readonly string[]): Promise<Finished> {
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', NO_COLOR: '1', TZ: 'UTC' }
  const running = run(process.execPath, ['bin/distill-scan.js', ...args], { env })
  running.child.stdin?.end()
  return running.then(
    (ok) => ({ ...ok, code: 0 }),
    (error: Finished) => error,
  )
}

/** Times and memory differ from run to run. */
const withoutFigures = (stderr: string): string =>
  stderr.replaceAll(/\d+\.\d\d s/g, '0.00 s').replaceAll(/peak memory [\d.]+ MiB/g, 'peak memory 0 MiB')

test('there are scenarios', () => {
  expect(scenarios.length).toBeGreaterThan(30)
})

test.concurrent.for(scenarios)('%s', async (scenario, { expect }) => {
  const args = readFileSync(`fixtures/cli/${scenario}/args.txt`, 'utf8')
    .split(/\s+/)
    .filter((arg) => arg !== '')
  const { stdout, stderr, code } = await runBin(args)
  const command = ['$ distill-scan', ...args].join(' ')
  const transcript = `${command}\n${stdout}--- stderr\n${withoutFigures(stderr)}--- exit ${code}\n`
  expect(code).not.toBe(70)
  await expect(transcript).toMatchFileSnapshot(`../../fixtures/cli/${scenario}/transcript.txt`)
  const isReported = scenario.startsWith('inspect') || scenario === 'known-expired'
  if (code === 2 && !isReported) expect(stdout).toBe('')
  expect(stderr).not.toContain('    at ') // no stack
})
