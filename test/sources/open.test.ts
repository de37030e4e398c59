import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { createHasher } from '../../src/sources/hash.ts'
import { locateRecords } from '../../src/sources/locate.ts'
import { openSources } from '../../src/sources/open.ts'
import { openSpool } from '../../src/sources/spool.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')

const open = (given: { inputs: string[]; accounts?: string[]; stdin?: string | Buffer }) => {
  const spool = openSpool()
  const hasher = createHasher()
  cleanups.push(
    () => hasher.close(),
    () => spool.dispose(),
  )
  const stdin = Readable.from(given.stdin === undefined ? [] : [Buffer.from(given.stdin)])
  return { spool, opened: openSources({ inputs: given.inputs, accounts: given.accounts ?? [], stdin, spool, hasher }) }
}

test('logs come first, then accounts, in the order given; only what must be copied is', async () => {
  const log = folder.write('b.ndjson', '{"account_id":"a"}\n')
  const compressed = folder.write('a.ndjson.gz', gzipSync('{"account_id":"b"}\n'))
  const accounts = folder.write('accounts.csv', 'account_id,plan\na,free\n')
  const { opened } = open({
    inputs: [log, '-', compressed],
    accounts: [accounts],
    stdin: 'account_id,ip\nc,192.0.2.1\n',
  })
  const { sources, warnings, empty } = await opened
  expect({ warnings, empty }).toEqual({ warnings: [], empty: [] })
  expect(sources.map(({ name, role, container, compression }) => [name, role, container, compression])).toEqual([
    [log, 'log', 'ndjson', 'none'],
    ['-', 'log', 'csv', 'gzip'],
    [compressed, 'log', 'ndjson', 'gzip'],
    [accounts, 'accounts', 'csv', 'none'],
  ])
  expect(sources.map(({ name, path }) => name === path)).toEqual([true, false, true, true])
  expect(sources.map(({ givenCompression }) => givenCompression)).toEqual([undefined, 'none', undefined, undefined])
  expect(sources[1]).toMatchObject({ bytes: 26, sample: [{ account_id: 'c', ip: '192.0.2.1' }] })
  expect(await Promise.all(sources.map((source) => source.sha256))).toEqual([
    sha256(readFileSync(log)),
    sha256('account_id,ip\nc,192.0.2.1\n'),
    sha256(readFileSync(compressed)),
    sha256(readFileSync(accounts)),
  ])
})

test('an empty input is a warning and data', async () => {
  const log = folder.write('full.ndjson', '{"a":1}\n')
  const nothing = folder.write('nothing.ndjson', '')
  const { opened } = open({ inputs: [nothing, log, '-'], stdin: '\n' })
  const { sources, warnings, empty } = await opened
  expect(sources.map(({ name }) => name)).toEqual([log])
  expect(warnings).toEqual([`'${nothing}' is empty`, "'-' is empty"])
  expect(empty.map(({ name, role, bytes, compression }) => [name, role, bytes, compression])).toEqual([
    [nothing, 'log', 0, 'none'],
    ['-', 'log', 1, 'none'],
  ])
  expect(await empty[0]?.sha256).toBe(sha256(''))
})

test('zstd is read by content, whatever the name', async () => {
  const fixture = fileURLToPath(new URL('../../fixtures/formats/zstd/requests.ndjson.zst', import.meta.url))
  const { opened } = open({ inputs: [folder.write('log.txt', readFileSync(fixture))] })
  const [source] = (await opened).sources
  expect(source).toMatchObject({ compression: 'zstd', container: 'ndjson' })
  expect(source?.sample).toHaveLength(200)
  expect(await locateRecords(source!, [1, 400, 401])).toEqual([1, 400, 0])
})

test.skipIf(process.platform === 'win32')('a named pipe is copied like standard input', async () => {
  const path = folder.at('pipe')
  execFileSync('mkfifo', [path])
  const { opened } = open({ inputs: [path] })
  execFileSync('sh', ['-c', 'echo \'{"a":1}\' > "$0" &', path], { stdio: 'ignore' })
  const [source] = (await opened).sources
  expect(source).toMatchObject({ name: path, bytes: 8, sample: [{ a: 1 }], givenCompression: 'none' })
})

test('standard input serves one role', async () => {
  const { opened } = open({ inputs: ['-'], accounts: ['-'] })
  await expect(opened).rejects.toMatchObject({ code: 'USAGE' })
})

test('an abort ends it', async () => {
  const spool = openSpool()
  const hasher = createHasher()
  cleanups.push(
    () => hasher.close(),
    () => spool.dispose(),
  )
  const inputs = [folder.write('x.ndjson', '{"a":1}\n')]
  const opened = openSources({
    inputs,
    accounts: [],
    stdin: Readable.from([]),
    signal: AbortSignal.abort(),
    spool,
    hasher,
  })
  await expect(opened).rejects.toMatchObject({ code: 'INTERRUPTED' })
})
