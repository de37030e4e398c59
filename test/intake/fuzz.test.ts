import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readRecords } from '../../src/sources/records.ts'
import { sniff } from '../../src/sources/sniff.ts'
import { collect } from '../evidence/collect.ts'

/**
 * Whole files, damaged at random: cut, bytes flipped, a piece taken out, a piece of another file written into the middle.
 * Whatever happens, every line is read or rejected, and no record away from the damage is lost.
 */

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-fuzz-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const COUNT = 60
const record = (i: number): Readonly<Record<string, unknown>> => ({
  account_id: `acct_${i}`,
  timestamp: 1780272000 + i,
  ip: `198.51.100.${i % 7}`,
  name: ['Ann, the "first"', 'Büşra', 'back\\slash', '{brace}'][i % 4],
  nested: { list: [i, { deep: `x${i}` }] },
})
const records = Array.from({ length: COUNT }, (_, i) => record(i))
const cell = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`

/** Form → the text, and how the records of it can be found again. */
const FORMS = {
  ndjson: records.map((each) => `${JSON.stringify(each)}\n`).join(''),
  'array, an object a line': `[\n${records.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`,
  'array, indented': JSON.stringify(records, null, 2),
  'objects, indented': records.map((each) => `${JSON.stringify(each, null, 2)}\n`).join(''),
  csv: `account_id,timestamp,name\n${records.map((each) => `${each.account_id},${each.timestamp},${cell(each.name)}\n`).join('')}`,
}

/** A damage: where it begins in the bytes, how much it takes away, and what it puts there. */
interface Damage {
  readonly from: number
  readonly taken: number
  readonly put: Buffer
}

/** Bytes at the beginning that stay whole, so that the file is still recognised: the fuzz is about reading. */
const SAFE = 2500

const damages = (bytes: Buffer): fc.Arbitrary<Damage> => {
  const at = fc.integer({ min: Math.min(SAFE, bytes.length >> 2), max: bytes.length - 1 })
  return fc.oneof(
    at.map((from) => ({ from, taken: bytes.length, put: Buffer.alloc(0) })),
    fc.tuple(at, fc.nat(255)).map(([from, byte]) => ({ from, taken: 1, put: Buffer.from([byte]) })),
    fc.tuple(at, fc.integer({ min: 1, max: 300 })).map(([from, taken]) => ({ from, taken, put: Buffer.alloc(0) })),
    fc
      .tuple(at, at, fc.integer({ min: 1, max: 200 }))
      .map(([from, other, length]) => ({ from, taken: 0, put: bytes.subarray(other, other + length) })),
    fc
      .tuple(at, fc.integer({ min: 1, max: 400 }))
      .map(([from, length]) => ({ from, taken: 0, put: Buffer.alloc(length) })),
  )
}

const damaged = (bytes: Buffer, { from, taken, put }: Damage): Buffer =>
  Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + taken)])

/** Accounts whose records end before the damage, or begin behind the record that follows it. */
function unharmed(text: string, { from, taken }: Damage, reach: number): string[] {
  const starts = records.map(({ account_id }) => Buffer.from(text.slice(0, text.indexOf(`${account_id}`))).length)
  const end = from + taken
  return records.flatMap(({ account_id }, i) => {
    const isBefore = (starts[i + 1] ?? Number.POSITIVE_INFINITY) < from - 20
    const firstBehind = starts.findIndex((start) => start > end)
    const isBehind = firstBehind >= 0 && i >= firstBehind + reach
    return isBefore || isBehind ? [String(account_id)] : []
  })
}

async function read(bytes: Buffer) {
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  const { container, ...source } = await sniff(path, 'file')
  const out: { line: number; account: unknown }[] = []
  if (container === 'empty') return out
  for await (const batch of readRecords({ path, container, ...source })) {
    for (const { line, value } of batch) out.push({ line, account: value?.account_id })
  }
  return out
}

describe.each(Object.entries(FORMS))('%s', (form, text) => {
  const bytes = Buffer.from(text)
  // Of objects over several lines the one behind the damage may go with it: where it begins cannot always be told.
  const reach = form.includes('indented') ? 2 : 1

  test('no record away from the damage is lost, none comes twice', async () => {
    await fc.assert(
      fc.asyncProperty(damages(bytes), async (damage) => {
        const found = await read(damaged(bytes, damage))
        const accounts = found.map(({ account }) => account)
        const lost = unharmed(text, damage, reach).filter((account) => !accounts.includes(account))
        expect(lost).toEqual([])
        // A row of a table that is cut in its first cell may be called like another.
        const times = (account: string): number => accounts.filter((each) => each === account).length
        if (damage.put.length === 0 && form !== 'csv')
          expect(unharmed(text, damage, reach).filter((each) => times(each) !== 1)).toEqual([])
      }),
      { numRuns: 50, seed: 4 },
    )
  })
})

test('every line of NDJSON is read or rejected', async () => {
  const bytes = Buffer.from(FORMS.ndjson)
  await fc.assert(
    fc.asyncProperty(damages(bytes), async (damage) => {
      const after = damaged(bytes, damage)
      const lines = new TextDecoder().decode(after).split('\n')
      const present = lines.flatMap((line, i) => (/[^\s\0\ufeff]/.test(line) ? [i + 1] : []))
      expect([...new Set((await read(after)).map(({ line }) => line))]).toEqual(present)
    }),
    { numRuns: 50, seed: 5 },
  )
})

test('what the scan counts is what is there: records + rejected = lines, in place and in gzip', async () => {
  const bytes = Buffer.from(FORMS.ndjson)
  await fc.assert(
    fc.asyncProperty(damages(bytes), fc.boolean(), async (damage, isPacked) => {
      const after = damaged(bytes, damage)
      const seen = await collect({ logs: { 'a.ndjson': isPacked ? gzipSync(after) : after } })
      const rejected = Object.values(seen.rejected).reduce((sum, count) => sum + count, 0)
      const lines = new TextDecoder().decode(after).split('\n')
      const several = (await read(after)).length - new Set((await read(after)).map(({ line }) => line)).size
      const present = lines.filter((line) => /[^\s\0\ufeff]/.test(line)).length
      const holes = lines.filter((line) => /^[\s\0]*\0[\s\0]*$/.test(line)).length // a hole is blank to one reader, a bad line to the other
      expect(seen.records + rejected).toBeGreaterThanOrEqual(present)
      expect(seen.records + rejected).toBeLessThanOrEqual(present + several + holes)
      const accounts = seen.accounts.map(({ id }) => id)
      expect(unharmed(FORMS.ndjson, damage, 1).filter((account) => !accounts.includes(account))).toEqual([])
    }),
    { numRuns: 12, seed: 6 },
  )
})
