import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readKey } from '../../src/cli/key-file.ts'
import { main } from '../../src/cli/main.ts'
import type { ScanResult } from '../../src/model.ts'
import { createPseudonyms } from '../../src/report/pseudonymize/pseudonyms.ts'
import { recordedIo } from '../helpers/io.ts'

let folder: string
let result: ScanResult
let text: string
const at = (name: string): string => join(folder, name)
const SECRET = 'w3Xo0Yz1J8bq5tH2rKc9LmNv4PsDfGa6EiUyTxQeRo='

const DEMO = ['fixtures/demo/logs.ndjson', 'fixtures/demo/accounts.csv'] as const
const LOGS = [DEMO[0], '--accounts', DEMO[1]]

async function run(args: readonly string[]) {
  const io = recordedIo()
  const code = await main(args, io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

function keyFile(name: string, content: string | Uint8Array, mode = 0o600): string {
  writeFileSync(at(name), content)
  chmodSync(at(name), mode)
  return at(name)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pseudonyms-'))
  keyFile('key', `${SECRET}\n`)
  keyFile('other', `${SECRET.toLowerCase()}\n`)
  const done = await run([...LOGS, '--pseudonymize', at('key'), '--quiet', '-o', at('report.json')])
  expect(done).toEqual({ code: 0, stdout: '', stderr: '' })
  text = readFileSync(at('report.json'), 'utf8')
  result = JSON.parse(text)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the key', () => {
  const read = async (path: string, isQuiet = false) => {
    const io = recordedIo()
    const key = await readKey(path, { io, isQuiet }).catch((error) => `${error.code}: ${error.message}`)
    return { key: typeof key === 'string' ? key : Buffer.from(key!).toString('latin1'), stderr: io.stderr }
  }
  const a32 = 'a'.repeat(32)

  test.each([
    ['as it is', a32, a32],
    ['without a newline at its end', `${a32}\n`, a32],
    ['and without its carriage return', `${a32}\r\n`, a32],
    ['but with other white space', `${a32} \n\n`, `${a32} \n`],
    ['of 4,096 bytes', 'b'.repeat(4096), 'b'.repeat(4096)],
  ])('%s', async (_, content, key) => {
    expect(await read(keyFile('a', content))).toEqual({ key, stderr: '' })
  })

  test('need not be text', async () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, i) => i * 6)
    expect((await read(keyFile('b', bytes))).key).toBe(Buffer.from(bytes).toString('latin1'))
  })

  test.each([
    ['', /^USAGE: --pseudonymize: '.*' is empty, and a key has 32 or more$/],
    ['\n', /is empty/],
    [`${'a'.repeat(31)}\n`, /has 31 bytes, and a key has 32 or more$/],
    ['c'.repeat(4097), /is no key: it is too long$/],
  ])('refuses %j', async (content, message) => {
    const { key } = await read(keyFile('c', content))
    expect(key).toMatch(message)
    expect(key).not.toContain('aaa')
  })

  test('refuses what cannot be read, and a folder', async () => {
    expect((await read(at('nowhere'))).key).toMatch(/^INPUT_NOT_FOUND: --pseudonymize: no such file/)
    expect((await read(folder)).key).toMatch(/^INPUT_UNREADABLE: --pseudonymize: cannot read/)
  })

  test('that others may read is used with a warning', async () => {
    const path = keyFile('open', a32, 0o640)
    expect(await read(path)).toEqual({
      key: a32,
      stderr: expect.stringMatching(/^warning: the key in .* chmod 600\n$/),
    })
    expect(await read(path, true)).toEqual({ key: a32, stderr: '' })
  })

  test('is not written over', async () => {
    const { code, stderr } = await run([...LOGS, '--pseudonymize', at('key'), '-o', at('key')])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('is one of the inputs') })
  })

  test('and --reveal exclude each other', async () => {
    for (const command of [[], ['explain', 'x']]) {
      const { code, stderr } = await run([...command, ...LOGS, '--pseudonymize', at('key'), '--reveal'])
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining("cannot be used with option '--reveal'"),
      })
    }
  })
})

describe('the report', () => {
  test('of the transcripts is that of the tool', async () => {
    const [logs, accounts] = ['logs.ndjson', 'accounts.csv'].map((name) => `fixtures/cli/verify/${name}`)
    const key = ['--pseudonymize', 'fixtures/cli/pseudonymize/key.txt']
    const { stdout } = await run([logs!, '--accounts', accounts!, ...key, '--quiet', '--format', 'json'])
    await expect(stdout).toMatchFileSnapshot('../../fixtures/cli/verify-without-key/report.json')
  })

  test('holds no id, no value and nothing of the key', () => {
    expect(result.networks.length).toBeGreaterThan(1)
    const [header, ...rows] = readFileSync(DEMO[1], 'utf8').trimEnd().split('\n')
    const identifying = header!.split(',').map((name) => !/^(created_at|plan|.*_type|country)$/.test(name))
    const cells = rows.flatMap((row) => row.split(',').filter((cell, i) => identifying[i] && cell.length >= 6))
    expect(new Set(cells).size).toBeGreaterThan(5000)
    expect([...new Set(cells)].filter((cell) => text.includes(cell))).toEqual([])
    expect(text).not.toContain('accounts.csv')
    expect(text).not.toContain(SECRET.slice(0, 8))
  })

  test('is another under another key', async () => {
    const { stdout } = await run([...LOGS, '--pseudonymize', at('other'), '--quiet', '--format', 'json'])
    const known = new Set(result.networks.flatMap(({ id, accounts }) => [id, ...accounts]))
    const others = (JSON.parse(stdout) as ScanResult).networks.flatMap(({ id, accounts }) => [id, ...accounts])
    expect(others.length).toBe(known.size)
    expect(others.filter((name) => known.has(name))).toEqual([])
  })

  test('is verified with its key', async () => {
    const report = [...['verify', at('report.json')], ...DEMO, '--quiet']
    expect(await run([...report, '--pseudonymize', at('key')])).toMatchObject({ code: 0 })
    const wrong = await run([...report, '--pseudonymize', at('other'), '--format', 'json'])
    expect(wrong.code).toBe(1)
    expect(JSON.parse(wrong.stdout).warnings).toEqual([expect.stringContaining('another key?')])
    expect(await run([...report, '--inputs-only'])).toMatchObject({ code: 0 })
    expect((await run(report)).stderr).toContain('the report has pseudonyms')
    const plain = ['verify', 'fixtures/cli/verify/report.json', DEMO[0], '--pseudonymize', at('key')]
    expect((await run(plain)).stderr).toContain('the report has no pseudonyms')
  })
})

describe('an explanation', () => {
  const SAVED = (): string[] => ['--from', at('report.json')]
  const withKey = (): string[] => ['--pseudonymize', at('key'), '--quiet']

  test('by pseudonym, by the id in the logs, from the report and from the logs', async () => {
    const { of } = createPseudonyms(Buffer.from(SECRET))
    const raw = readFileSync(DEMO[1], 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]!)
    const members = new Set(result.networks[0]!.accounts)
    const id = raw.find((each) => members.has(of('account_id', each)))!
    const answer = await run(['explain', of('account_id', id), ...SAVED()])
    expect(answer).toMatchObject({ code: 0, stderr: '' })
    expect(answer.stdout.split('\n')[0]).toBe(of('account_id', id))
    expect(answer.stdout).toContain('card_fingerprint')
    expect(answer.stdout).not.toContain('…')
    expect(await run(['explain', id, ...SAVED(), ...withKey()])).toEqual(answer)
    expect(await run(['explain', of('account_id', id), ...SAVED(), ...withKey()])).toEqual(answer)
    expect(await run(['explain', id, ...LOGS, ...withKey()])).toEqual(answer)
    const stranger = raw.find((each) => !text.includes(of('account_id', each)))!
    const unlinked = await run(['explain', stranger, ...LOGS, ...withKey()])
    expect(unlinked.code).toBe(0)
    expect(unlinked.stdout.split('\n')[0]).toBe(of('account_id', stranger))
    expect(unlinked.stdout).not.toContain(stranger)
    expect(await run(['explain', 'acct_nowhere', ...LOGS, ...withKey()])).toMatchObject({ code: 2, stdout: '' })
  })

  test('of a network, by its pseudonym and by its id elsewhere', async () => {
    const { stdout } = await run([...LOGS, '--quiet', '--format', 'json'])
    const [network] = (JSON.parse(stdout) as ScanResult).networks
    const answer = await run(['explain', result.networks[0]!.id, ...SAVED()])
    expect(answer.code).toBe(0)
    expect(await run(['explain', network!.id, ...SAVED(), ...withKey()])).toEqual(answer)
  })

  test('of a report without pseudonyms takes no key', async () => {
    const args = ['explain', 'acct_a', '--from', 'fixtures/cli/explain-saved/report.json', ...withKey()]
    expect((await run(args)).stderr).toContain('the saved report has no pseudonyms')
  })
})
