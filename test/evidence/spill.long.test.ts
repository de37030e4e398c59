import { execFile } from 'node:child_process'
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const ROWS = 600_000
const ACCOUNTS = 200_000
let folder = ''
let log = ''

/** A fresh prompt with every request, cards and devices of everybody's own, and one account in a hundred in a ring. */
function* lines(): Generator<string> {
  for (let i = 0; i < ROWS; i++) {
    const account = i % ACCOUNTS
    const isRing = account % 100 === 0
    const prompt = ((i * 2_654_435_761) % 2 ** 32).toString(16).padStart(16, '0')
    const record = {
      ...{ timestamp: 1_780_272_000_000 + i * 2000, request_id: `r${i}`, account_id: `account-${account}` },
      ...{ ip: `198.18.${(i * 7) % 256}.${(i * 13) % 256}`, prompt_hash: prompt, user_agent: `agent/${account % 97}` },
      card_fingerprint: isRing ? `ring-${account % 700}` : `card-${account}`,
      device_fingerprint: isRing ? `ring-${account % 500}` : `device-${account}`,
      output_tokens: i % 700,
    }
    yield `${JSON.stringify(record)}\n`
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spill-'))
  log = join(folder, 'logs.ndjson')
  await pipeline(Readable.from(lines()), createWriteStream(log))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** @returns the report and what the process held at most, MiB */
async function scanned(memory: number, ...flags: string[]): Promise<{ report: string; peakMiB: number }> {
  const output = join(folder, `${memory}.json`)
  const args = [resolve('bin/distill-scan.js'), log, '--memory', String(memory), '--temp-dir', folder, '-o', output]
  const { stderr } = await run(process.execPath, [...args, ...flags])
  const [, amount = '', unit = ''] = /peak memory ([\d.]+) (MiB|GiB)/u.exec(stderr) ?? []
  return { report: readFileSync(output, 'utf8'), peakMiB: Number(amount) * (unit === 'GiB' ? 1024 : 1) }
}

/** Beside the engine's bound: Node and the binding (150 MiB), and tables, links and groups of 200,000 accounts. */
const BESIDE_MIB = 650

test('a small bound spills, holds, and changes nothing in the report', async () => {
  const plenty = await scanned(2000)
  const little = await scanned(200)
  expect(JSON.parse(plenty.report).networks.length).toBeGreaterThan(0)
  expect(little.report).toBe(plenty.report)
  expect(little.peakMiB).toBeLessThan(200 + BESIDE_MIB)
  expect(little.peakMiB).toBeLessThan(plenty.peakMiB)
  // Five threads hold 320 MiB of buffers while they read, also behind the evidence, when the bound is lower.
  expect((await scanned(600, '--threads', '5')).report).toBe(plenty.report)
  expect(readdirSync(folder).filter((name) => name.startsWith('distill-scan-'))).toEqual([])
}, 300_000)

test('a bound that the log does not fit into is told as such, with what to do', async () => {
  const failed = await scanned(128).then(
    () => null,
    (error: { code: number; stderr: string }) => error,
  )
  expect(failed?.code).toBe(2)
  expect(failed?.stderr).toContain('the engine needs more than 128 MiB of memory\n  Raise it with --memory MIB')
}, 120_000)
