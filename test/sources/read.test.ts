import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { detectCompression } from '../../src/sources/decode.ts'
import { readText } from '../../src/sources/read.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()
const zstdFixture = fileURLToPath(new URL('../../fixtures/formats/zstd/requests.ndjson.zst', import.meta.url))
const hasZstd = spawnSync('zstd', ['--version']).status === 0

const readAll = async (path: string, pieceBytes = 4096, isWhole = false) => {
  const head = detectCompression(readFileSync(path).subarray(0, 8))
  const pieces: Buffer[] = []
  const damage: Error[] = []
  for await (const piece of readText(path, head === 'none' ? [] : [head], {
    pieceBytes,
    isWhole,
    onDamage: (error) => damage.push(error),
  })) {
    pieces.push(Buffer.from(piece))
  }
  return { text: Buffer.concat(pieces).toString(), damages: damage.length }
}

/** Text that does not compress well, 1 KiB a line. */
const lines = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `${Array.from({ length: 128 }, (_, j) => ((i + 1) * (j + 7919) * 2654435761).toString(36).slice(-7)).join('')}\n`,
  ).join('')

test('all members of a gzip are read', async () => {
  const parts = [lines(100), '', 'b\n', lines(200)]
  const path = folder.write('members.gz', Buffer.concat(parts.map((part) => gzipSync(part))))
  expect(await readAll(path)).toEqual({ text: parts.join(''), damages: 0 })
})

test.each([0.2, 0.5, 0.99])('of a gzip cut at %d all is read that can be, and the damage told', async (share) => {
  const text = lines(400)
  const whole = gzipSync(text)
  const cut = whole.subarray(0, Math.floor(whole.length * share))
  const result = await readAll(folder.write('cut.gz', cut))
  expect(result.damages).toBe(1)
  expect(text.startsWith(result.text)).toBe(true)
  expect(result.text.length).toBeGreaterThan(text.length * (share - 0.12))
})

test('of a gzip with a wrong checksum at most one step is lost', async () => {
  const text = lines(100)
  const broken = Buffer.from(gzipSync(text))
  broken.writeUInt32LE(1, broken.length - 8)
  const result = await readAll(folder.write('crc.gz', broken), 1024)
  expect(result.damages).toBe(1)
  expect(text.startsWith(result.text)).toBe(true)
  expect(text.length - result.text.length).toBeLessThanOrEqual(1024)
})

test('what follows a gzip and is none is damage, after all of the text', async () => {
  for (const tail of [Buffer.alloc(100), Buffer.from('garbage')]) {
    const path = folder.write('tail.gz', Buffer.concat([gzipSync('{"a":1}\n'), tail]))
    expect(await readAll(path)).toMatchObject({ text: tail[0] === 0 ? '{"a":1}\n' : expect.any(String), damages: 1 })
  }
})

test('zstd, as one frame and as several', async () => {
  const frame = readFileSync(zstdFixture)
  const { text, damages } = await readAll(zstdFixture)
  expect(damages).toBe(0)
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).input_tokens),
  ).toEqual(Array.from({ length: 400 }, (_, i) => 100 + i))
  const skippable = Buffer.from('502a4d18040000000000000000'.slice(0, 24), 'hex')
  const path = folder.write('frames.zst', Buffer.concat([skippable, frame, frame]))
  for (const isWhole of [false, true]) {
    expect(await readAll(path, 4096, isWhole)).toEqual({ text: text + text, damages: 0 })
  }
})

test('a cut zstd is damage', async () => {
  const path = folder.write('cut.zst', readFileSync(zstdFixture).subarray(0, 1500))
  expect((await readAll(path)).damages).toBe(1)
})

test.skipIf(!hasZstd)('a larger zstd, over many reads', async () => {
  const text = lines(3000)
  writeFileSync(folder.at('large'), text)
  for (const level of ['-1', '-19']) {
    execFileSync('zstd', ['-q', '-f', level, folder.at('large'), '-o', folder.at('large.zst')])
    for (const isWhole of [false, true]) {
      const result = await readAll(folder.at('large.zst'), 4096, isWhole)
      expect(result.damages).toBe(0)
      expect(result.text === text).toBe(true)
    }
  }
})

test('stopping early closes the file', async () => {
  const path = folder.write('early.gz', gzipSync(lines(2000)))
  for (let i = 0; i < 50; i++) {
    for await (const piece of readText(path, ['gzip'])) if (piece.length > 0) break
  }
})
