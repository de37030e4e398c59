import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StepBytes } from '../../src/progress.ts'
import { scan } from '../../src/scan.ts'

const run = promisify(execFile)
const bin = resolve('bin/distill-scan.js')
let folder = ''
let log = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'progress-'))
  log = join(folder, 'logs.ndjson')
  const lines = Array.from({ length: 3000 }, (_, i) => {
    const record = {
      timestamp: 1_780_000_000_000 + i * 60_000,
      account_id: `a${i % 50}`,
      card_fingerprint: `c${i % 9}`,
    }
    return `${JSON.stringify(record)}\n`
  })
  writeFileSync(log, lines.join(''))
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Told {
  readonly step: string
  readonly share: number | null
  readonly bytes: StepBytes | null
}

/** What a scan says of its progress. */
async function toldBy(inputs: readonly string[], stdin?: Readable): Promise<Told[]> {
  const told: Told[] = []
  const observer = {
    progress: (step: string, share: number | null, bytes: StepBytes | null) => void told.push({ step, share, bytes }),
  }
  await scan({ inputs, observer, ...(stdin && { stdin }) })
  return told
}

describe('what a scan tells', () => {
  test('each reading of the logs by the engine has their size, other steps have none', async () => {
    const told = await toldBy([log])
    const reading = told.filter(({ step }) => step === 'reading')
    expect(reading[0]).toEqual({
      ...{ step: 'reading', share: null },
      bytes: { done: null, all: statSync(log).size, beside: expect.any(Number), rows: null },
    })
    expect(told.find(({ step }) => step === 'accounts')).toEqual({ step: 'accounts', share: null, bytes: null })
  })

  test('a pipe: bytes and lines so far, until all of it is there', async () => {
    const chunks = [
      '{"account_id":"a","timestamp":1780000000000}\n',
      '{"account_id":"b","timest',
      'amp":1780000000000}\n',
    ]
    const told = await toldBy(['-'], Readable.from(chunks.map((chunk) => Buffer.from(chunk))))
    const copying = told.filter(({ step }) => step === 'copying standard input')
    expect(copying.map(({ share, bytes }) => [share, bytes?.done, bytes?.all, bytes?.rows])).toEqual([
      [null, 45, null, null], // before its first bytes are looked at nobody knows whether it is compressed
      [null, 70, null, 1],
      [null, 90, null, 2],
    ])
  })

  test('a file that is read record by record: how far, and its name cannot do harm', async () => {
    const name = join(folder, 'a\u001b[2J\u202e.json')
    writeFileSync(name, JSON.stringify([{ account_id: 'a', timestamp: 1_780_000_000_000 }]))
    const { size } = statSync(name)
    const own = (await toldBy([name])).filter(({ step }) => step.includes('.json'))
    expect(own.at(-1)).toMatchObject({ share: 1, bytes: { done: size, all: size } })
    expect(own[0]!.step).toContain('a\\u{1b}[2J\\u{202e}.json')
  })
})

describe('the command', () => {
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm' }
  const stderrOf = async (...flags: string[]) =>
    (await run(process.execPath, [bin, log, '--format', 'json', ...flags], { env, maxBuffer: 1 << 26 })).stderr

  test('says nothing of its progress where nobody looks', async () => {
    expect((await stderrOf()).split('\n').slice(0, -1)).toEqual([expect.stringMatching(/^opening .* total /u)])
  })

  test('--progress: lines in a file, without escapes; --quiet and --no-progress are stronger', async () => {
    const lines = (await stderrOf('--progress')).split('\n')
    expect(lines.slice(0, 2)).toEqual(['opening', 'reading'])
    expect(lines).toContain('confirming')
    expect(lines.join('')).not.toMatch(/\p{Cc}/u)
    expect(await stderrOf('--progress', '--quiet')).toBe('')
    expect(await stderrOf('--no-progress')).not.toMatch(/^reading/mu)
  }, 60_000)

  const hasScript = spawnSync('script', ['--version']).status === 0
  test.skipIf(!hasScript)(
    'on a terminal of 80 columns: one line that moves, never wraps and is gone at the end',
    () => {
      // A pipe that pauses, so that there is something to wait for.
      const input = `(cat '${log}'; sleep 0.8; tail -1 '${log}'; sleep 0.8; tail -1 '${log}')`
      const command = `stty cols 80; ${input} | '${process.execPath}' '${bin}' - --format json -o '${join(folder, 'out.json')}'`
      const shown = execFileSync('script', ['-qec', command, '/dev/null'], {
        env: { ...env, SHELL: '/bin/sh' },
        encoding: 'utf8',
      })
      const drawn = shown.split('\r\u001b[2K')
      expect(drawn.some((line) => /^opening: copying standard input {2}[\d.]+ KiB {2}3,00[01] rows/u.test(line))).toBe(
        true,
      )
      for (const line of drawn.slice(0, -1)) expect(line.length).toBeLessThan(80)
      expect(drawn.at(-1)).toMatch(/^opening [\d.]+ s, .* total /u)
    },
    60_000,
  )
})
