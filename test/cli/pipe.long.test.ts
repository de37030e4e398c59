import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const bin = resolve('bin/distill-scan.js')
const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', SHLVL: '1' } // at level 0 bash reads its start-up files
let folder = ''
let log = ''

/** A ring of 2,000 accounts on shared cards and devices among 38,000 strangers: its report has more than 1 MiB. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipe-'))
  log = join(folder, 'logs.ndjson')
  const lines = Array.from({ length: 40_000 }, (_, i) => {
    const isRing = i % 20 === 0
    const record = {
      timestamp: new Date(Date.UTC(2026, 5, 1) + i * 15_000).toISOString(),
      account_id: `account-${String(i).padStart(8, '0')}`,
      card_fingerprint: isRing ? `fp_${i % 4_000}` : `fp_own_${i}`,
      device_fingerprint: isRing ? `dev_${i % 3_000}` : `dev_own_${i}`,
    }
    return `${JSON.stringify(record)}\n`
  })
  writeFileSync(log, lines.join(''))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Runs a shell pipeline; gives what came out and the exit code of its first command. */
async function shell(pipeline: string): Promise<{ stdout: string; stderr: string; code: number }> {
  const script = `${pipeline}\necho "code \${PIPESTATUS[0]}" >&2`
  const { stdout, stderr } = await run('bash', ['--norc', '-c', script], { env, maxBuffer: 1 << 28, cwd: resolve('.') })
  const [, said = '', code = '-1'] = /^([\s\S]*)code (\d+)\n$/.exec(stderr) ?? []
  return { stdout, stderr: said, code: Number(code) }
}
const scan = `'${process.execPath}' '${bin}'`

test('a report of more than 1 MiB arrives whole through a slow pipe', async () => {
  const { stdout, code } = await shell(`${scan} '${log}' --format json --quiet | (sleep 0.5; cat)`)
  expect(code).toBe(0)
  expect(stdout.length).toBeGreaterThan(2 ** 20)
  const { totals } = JSON.parse(stdout)
  expect(totals.accounts).toBe(40_000)
}, 60_000)

test('a reader that has enough is no error', async () => {
  const { stdout, stderr, code } = await shell(`${scan} '${log}' --format json --quiet | head -1`)
  expect({ stdout, stderr, code }).toEqual({ stdout: '{\n', stderr: '', code: 0 })
}, 60_000)

test('help survives a reader that does not read', async () => {
  expect(await shell(`${scan} --help | true`)).toEqual({ stdout: '', stderr: '', code: 0 })
})

test.runIf(existsSync('/dev/full'))('a full disk behind standard output is an error, and said so', async () => {
  const { stderr, code } = await shell(`${scan} --help > /dev/full`)
  expect(code).toBe(2)
  expect(stderr).toBe(
    'distill-scan: the report could not be written to standard output (ENOSPC)\n  Free space, or name another place with -o FILE.\n',
  )
})

test('standard input is read when it is named', async () => {
  const { stdout, code } = await shell(
    `head -200 '${log}' | ${scan} - --format json --quiet; PIPESTATUS=(\${PIPESTATUS[1]})`,
  )
  expect(code).toBe(0)
  expect(JSON.parse(stdout).inputs[0].path).toBe('-')
}, 60_000)

describe('interrupted', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s exits %i and leaves no temporary file',
    async (signal, code) => {
      const temp = mkdtempSync(join(folder, 'temp-'))
      const child = spawn(process.execPath, [bin, '-', '--temp-dir', temp, '-o', join(temp, 'report')], {
        env,
        cwd: resolve('.'),
      })
      let stderr = ''
      child.stderr.on('data', (chunk) => {
        stderr += chunk
      })
      const exit = new Promise<number | null>((done) => {
        child.on('exit', done)
      })
      child.stdin.write('{"timestamp":"2026-06-01T00:00:00Z","account_id":"a"}\n')
      while (readdirSync(temp).length === 0) await new Promise((wake) => setTimeout(wake, 20))
      child.kill(signal)
      expect(await exit).toBe(code)
      expect(stderr).toBe('distill-scan: interrupted, no whole report was written\n')
      expect(readdirSync(temp)).toEqual([])
    },
    20_000,
  )
})
