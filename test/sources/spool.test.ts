import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { openSpool, type Spool } from '../../src/sources/spool.ts'
import { asScanError, spoolStream } from '../../src/sources/spool-stream.ts'

const spools: Spool[] = []
const newSpool = (): Spool => {
  const spool = openSpool()
  spools.push(spool)
  return spool
}
afterEach(() => {
  for (const spool of spools.splice(0)) spool.disposeSync()
})

const chunked = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })(),
  )

describe('the folder', () => {
  test('is private, hands out new paths, and is removed with what is in it, once', async () => {
    const spool = newSpool()
    expect(statSync(spool.directory).mode & 0o777).toBe(0o700)
    const paths = [spool.nextPath('.gz'), spool.nextPath('.gz')]
    expect(new Set(paths).size).toBe(2)
    for (const path of paths) writeFileSync(path, 'x')
    await spool.dispose()
    expect(existsSync(spool.directory)).toBe(false)
    await spool.dispose()
    spool.disposeSync()
  })

  test('can be removed synchronously', () => {
    const spool = newSpool()
    writeFileSync(spool.nextPath(''), 'x')
    spool.disposeSync()
    expect(existsSync(spool.directory)).toBe(false)
  })
})

describe('a pipe is copied', () => {
  const text = Buffer.from('{"account_id":"a"}\n'.repeat(50_000))
  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

  test.each([1, 7, 65_536])('text through gzip, in chunks of %d', async (size) => {
    const given = text.subarray(0, size * 1000)
    const spooled = await spoolStream(chunked(given, size), { spool: newSpool(), name: '-' })
    expect(spooled).toMatchObject({ bytes: given.length, sha256: sha256(given), givenCompression: 'none' })
    const stored = readFileSync(spooled.path)
    expect(gunzipSync(stored).equals(given)).toBe(true)
    expect(statSync(spooled.path).mode & 0o777).toBe(0o600)
  })

  test('compressed data as it is', async () => {
    const given = gzipSync(text)
    const spooled = await spoolStream(chunked(given, 1), { spool: newSpool(), name: '-' })
    expect(spooled).toMatchObject({ bytes: given.length, sha256: sha256(given), givenCompression: 'gzip' })
    expect(readFileSync(spooled.path).equals(given)).toBe(true)
  })

  test('nothing', async () => {
    const spooled = await spoolStream(Readable.from([]), { spool: newSpool(), name: '-' })
    expect(spooled).toMatchObject({ bytes: 0, sha256: sha256(Buffer.alloc(0)) })
    expect(gunzipSync(readFileSync(spooled.path))).toHaveLength(0)
  })
})

describe('what goes wrong', () => {
  test.each([
    ['before the first byte', ''],
    ['in the middle', '{"a":1}\n'.repeat(10)],
  ])('an abort %s stops the wait', async (_, written) => {
    const stdin = new PassThrough()
    stdin.write(written)
    const abort = new AbortController()
    const copy = spoolStream(stdin, { spool: newSpool(), name: '-', signal: abort.signal })
    setTimeout(() => abort.abort(), 20)
    await expect(copy).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 })
    expect(stdin.destroyed).toBe(true)
  })

  test('a pipe that breaks', async () => {
    const stdin = new PassThrough()
    stdin.write('{"a":1}\n{"a":1}\n')
    setTimeout(() => stdin.destroy(Object.assign(new Error('x'), { code: 'EIO' })), 20)
    const copy = spoolStream(stdin, { spool: newSpool(), name: '-' })
    await expect(copy).rejects.toMatchObject({ code: 'INPUT_UNREADABLE', message: expect.stringContaining('EIO') })
  })

  test('a full disk is named as such', () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' })
    expect(asScanError(full, { spool: newSpool(), name: '-' })).toMatchObject({ code: 'OUT_OF_DISK' })
  })
})
