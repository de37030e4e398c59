import { createHash } from 'node:crypto'
import { truncateSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { createHasher, type Hasher } from '../../src/sources/hash.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()
const open: Hasher[] = []
const newHasher = (): Hasher => {
  const hasher = createHasher()
  open.push(hasher)
  return hasher
}
afterEach(async () => {
  for (const hasher of open.splice(0)) await hasher.close()
})

test('gives the SHA-256 of each file, larger than a read or empty', async () => {
  const contents = [Buffer.alloc(3_000_001, 'abc'), Buffer.alloc(0), Buffer.from('x')]
  const hasher = newHasher()
  const hashes = contents.map((content, i) => hasher.hash(folder.write(`${i}`, content)))
  const expected = contents.map((content) => createHash('sha256').update(content).digest('hex'))
  expect(await Promise.all(hashes)).toEqual(expected)
  expect(await hasher.hash(folder.at('2'))).toBe(expected[2])
})

test('a file that is gone is an error, and the next one is hashed', async () => {
  const hasher = newHasher()
  await expect(hasher.hash(folder.at('none'))).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' })
  expect(await hasher.hash(folder.write('there', ''))).toMatch(/^e3b0c442/)
})

test('closing stops a long file at once; nobody has to listen', async () => {
  truncateSync(folder.write('huge', ''), 2 ** 36)
  const hasher = newHasher()
  const unheard = hasher.hash(folder.at('huge'))
  const pending = hasher.hash(folder.at('huge'))
  await hasher.close()
  await expect(pending).rejects.toMatchObject({ code: 'INTERRUPTED' })
  await expect(hasher.hash(folder.at('huge'))).rejects.toMatchObject({ code: 'INTERRUPTED' })
  await expect(unheard).rejects.toMatchObject({ code: 'INTERRUPTED' })
})
