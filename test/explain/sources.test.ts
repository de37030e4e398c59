import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runExplain } from '../../src/cli/explain.ts'
import { main } from '../../src/cli/main.ts'
import type { ExplainFlags } from '../../src/cli/options.ts'
import type { ScanResult } from '../../src/model.ts'
import { recordedIo } from '../helpers/io.ts'

/** The answer is the same from the logs and from a report of them. */

const LOGS = ['fixtures/demo/logs.ndjson', '--accounts', 'fixtures/demo/accounts.csv']

let folder: string
let saved: string
let result: ScanResult

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'))
  saved = join(folder, 'report.json')
  expect(await main([...LOGS, '--format', 'json', '--quiet', '-o', saved], recordedIo())).toBe(0)
  result = JSON.parse(readFileSync(saved, 'utf8'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(args: readonly string[], stdin?: string) {
  const io = recordedIo(stdin === undefined ? {} : { stdin: Readable.from([Buffer.from(stdin)]) })
  const code = await main(['explain', ...args], io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

test.each([
  ['a member', () => result.networks[0]!.accounts[0]!],
  ['a stranger', () => strangerOf(result)],
])('%s', async (_, pick) => {
  const id = pick()
  const fromLogs = await run([id, ...LOGS, '--quiet'])
  expect(fromLogs).toMatchObject({ code: 0, stderr: '' })
  expect(fromLogs.stdout.split('\n')[0]).toBe(id)
  expect(await run([id, '--from', saved])).toEqual(fromLogs)
  expect(await run([id, '--from', '-'], readFileSync(saved, 'utf8'))).toEqual(fromLogs)
})

test('a network', async () => {
  const { id, score } = result.networks[0]!
  const { code, stdout } = await run([id, '--from', saved, '--format', 'json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'network', id, waterfall: { sum: score, score } })
})

test('members are explained', async () => {
  const asked = result.networks[0]!.accounts.slice(0, 5)
  for (const id of asked) {
    const { stdout } = await run([id, '--from', saved, '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'member', id, network: { id: result.networks[0]!.id } })
  }
})

test('whole values only with --reveal', async () => {
  const id = result.networks[0]!.accounts[0]!
  const card = readFileSync('fixtures/demo/accounts.csv', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(id))!
    .split(',')
    .find((cell) => /^[\da-f]{10}$/.test(cell))!
  expect((await run([id, '--from', saved, '--reveal'])).stdout).not.toContain(card) // it was saved without
  expect((await run([id, ...LOGS, '--quiet', '--reveal'])).stdout).toContain(card)
})

test('an id that is nowhere', async () => {
  expect(await run(['acct_nowhere', '--from', saved])).toMatchObject({ code: 2, stdout: '' })
  writeFileSync(join(folder, 'empty.json'), '')
  expect(await run(['x', '--from', join(folder, 'empty.json')])).toMatchObject({ code: 2, stdout: '' })
})

test('blanks around an id are none of it', async () => {
  const id = result.networks[0]!.accounts[0]!
  expect(await run([` ${id}\n`, '--from', saved])).toEqual(await run([id, '--from', saved]))
})

test('Ctrl-C ends the wait for a report on standard input', async () => {
  const stop = new AbortController()
  const stdin = new Readable({ read: () => {} }) // nothing ever comes
  const running = runExplain('x', [], { from: '-', format: 'table' } as ExplainFlags, {
    io: recordedIo({ stdin }),
    signal: stop.signal,
  })
  setTimeout(() => stop.abort(), 20)
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
})

test('what is no one report is named, with what to do', async () => {
  const zipped = join(folder, 'report.json.gz')
  writeFileSync(zipped, gzipSync(readFileSync(saved)))
  expect((await run(['x', '--from', zipped])).stderr).toMatch(/is compressed\n {2}Unpack it first/)
  const lines = join(folder, 'report.ndjson')
  for (const networks of [result.networks.slice(0, 1), [...result.networks, ...result.networks]]) {
    writeFileSync(lines, networks.map((each) => `${JSON.stringify(each)}\n`).join(''))
    expect((await run(['x', '--from', lines])).stderr).toContain('it is NDJSON, not one JSON document\n')
  }
  expect((await run(['x', '--from', folder])).stderr).toMatch(/is a folder\n {2}Name one file in it/)
  expect((await run(['x', '--from', saved, '-o', saved])).stderr).toContain('would replace an input')
})

/** The first account of the side file that is in no network. */
function strangerOf({ networks }: ScanResult): string {
  const linked = new Set(networks.flatMap(({ accounts }) => accounts))
  const ids = readFileSync('fixtures/demo/accounts.csv', 'utf8').split('\n').slice(1)
  return ids.map((line) => line.split(',')[0]!).find((id) => !linked.has(id))!
}
