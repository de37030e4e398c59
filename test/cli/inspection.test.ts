import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Inspection } from '../../src/cli/inspection.ts'
import type { Io } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'
import { recordedIo } from '../helpers/io.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function inspect(
  args: readonly string[],
  over: Partial<Io> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const io = recordedIo(over)
  const code = await main(['inspect', ...args], io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

async function inspectJson(args: readonly string[], over: Partial<Io> = {}): Promise<Inspection> {
  const { stdout, stderr, code } = await inspect([...args, '--format', 'json'], over)
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  return JSON.parse(stdout)
}

const log = [
  {
    ts: 1780272000,
    user: { id: 'u1' },
    client: { ip: '192.0.2.17' },
    email: 'alice@example.org',
    prompt: 'a secret',
    extra: 1,
  },
  { ts: 1780272060, user: { id: 'u2' }, client: { ip: '-' }, email: null, prompt: 'another' },
]
const lines = log.map((record) => `${JSON.stringify(record)}\n`).join('')

test('nested fields, the share of the sample that fills them, and a shortened example', async () => {
  const { files, families } = await inspectJson([file('logs.json', lines)])
  const [only] = files
  expect(only).toMatchObject({
    role: 'log',
    format: 'ndjson',
    compression: 'none',
    bytes: lines.length,
    sampledRecords: 2,
  })
  expect(only?.fields).toContainEqual({ field: 'account_id', columns: ['user.id'], filled: 1 })
  expect(only?.fields).toContainEqual({ field: 'ip', columns: ['client.ip'], filled: 0.5 }) // "-" is missing
  expect(only?.example).toMatchObject({ account_id: 'u1', ip: '192.0.2.…', email: 'a…@example.org' })
  expect(only?.unusedColumns).toEqual(['extra'])
  expect(families.filter((each) => each.tested).map((each) => each.family)).toEqual(
    expect.arrayContaining(['network', 'registration']),
  )
  expect(families.find((each) => each.family === 'payment')?.tested).toBe(false)
})

test('a prompt is never shown', async () => {
  const { stdout } = await inspect([file('logs.json', lines)])
  expect(stdout).toContain('(text of 8 characters)')
  expect(stdout).not.toContain('a secret')
})

test('compression and delimiter are told by content', async () => {
  const table = 'time\tuser_id\tcard_hash\n2026-06-01T00:00:00Z\tu1\tfp_9Qx77TLm02Ke\n'
  const { files } = await inspectJson([file('logs.csv', gzipSync(table))])
  expect(files[0]).toMatchObject({ format: 'tsv', compression: 'gzip', dialect: { delimiter: '\t', headerLines: 1 } })
  expect(files[0]?.example.card_fingerprint).toBe('fp_9…2Ke')
})

test('standard input', async () => {
  const { files } = await inspectJson(['-'], { stdin: Readable.from([Buffer.from(lines)]) })
  expect(files[0]).toMatchObject({ path: '-', bytes: lines.length, sampledRecords: 2 })
})

test('a side file adds what it has to what can be tested', async () => {
  const side = file('accounts.csv', 'account_id,card_fingerprint\nu1,fp_1\n')
  const { files, families } = await inspectJson([file('logs.json', lines), '--accounts', side])
  expect(files.map((each) => each.role)).toEqual(['log', 'accounts'])
  expect(families.find((each) => each.family === 'payment')?.tested).toBe(true)
})

test('--map may name a column that only one of the files has', async () => {
  const side = file('accounts.csv', 'who,card_fingerprint\nu1,fp_1\n')
  const { files } = await inspectJson([file('logs.json', lines), '--accounts', side, '--map', 'account_id=who'])
  expect(files.map((each) => each.fields.find(({ field }) => field === 'account_id')?.columns)).toEqual([
    ['user.id'],
    ['who'],
  ])
})

test('a file that cannot be scanned is still described, with what to do', async () => {
  const bad = file('bad.csv', 'when,who\n2026-06-01,u1\n')
  const { code, stdout } = await inspect([file('logs.json', lines), bad])
  expect(code).toBe(2)
  expect(stdout).toContain('account_id')
  expect(stdout).toMatch(/problem {7}'.*bad\.csv' has no column for account_id/s)
})

test('a --map column that no file has is an error', async () => {
  const { code, stdout, stderr } = await inspect([file('logs.json', lines), '--map', 'account_id=who'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain("--map account_id: no column 'who'")
})

test('hostile column names and values are shown escaped', async () => {
  const hostile = { timestamp: 1780272000, account_id: '\u001b[2Ju\u202e1', '\u001b]0;x\u0007': 1 }
  const path = file('logs.json', `${JSON.stringify(hostile)}\n`)
  for (const args of [[path], [path, '--format', 'json']]) {
    const { stdout } = await inspect(args)
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  }
})
