import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { summarizeCase } from '../../src/casefile/summary.ts'
import { main } from '../../src/cli/main.ts'
import { recordedIo } from '../helpers/io.ts'
import { nightWithRing, RING, writeRows } from './ring.ts'

/** What a case holds is explained as the report of its latest scan was. */

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-explain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'case.duckdb')
const saved = join(folder, 'report.json')

async function run(...args: readonly string[]) {
  const io = recordedIo()
  const code = await main(args, io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

beforeAll(async () => {
  for (const day of [1, 2]) {
    const log = writeRows(folder, `night-${day}.ndjson`, nightWithRing(day))
    expect(await run(log, '--case', path, '--quiet', '--format', 'json', '-o', saved)).toMatchObject({ code: 0 })
  }
})

const networkId = (): string => JSON.parse(readFileSync(saved, 'utf8')).networks[0].id

/** The answer without the records that were read, and the words of the latest night on the order of its requests. */
function evidenceOf(text: string) {
  const { caveats, ...rest } = JSON.parse(text.replaceAll(/"statistic": "[^"]*, over \d+ nights"/gu, '"statistic": ""'))
  return { ...rest, caveats: { ...caveats, records: 0 } }
}

test.each([
  ['a network', networkId],
  ['a member', () => RING[2]],
  ['a stranger', () => 'acct_s7'],
])('%s is explained from the case alone, which stays as it was', async (_, pick) => {
  const [id, before] = [pick(), readFileSync(path)]
  const fromCase = await run('explain', id, '--case', path, '--format', 'json', '--quiet')
  const fromReport = await run('explain', id, '--from', saved, '--format', 'json', '--quiet')
  expect([fromCase.code, fromCase.stderr]).toEqual([0, ''])
  expect(evidenceOf(fromCase.stdout)).toEqual(evidenceOf(fromReport.stdout))
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a configuration file with side files adds nothing to it', async () => {
  const { scans } = await summarizeCase(path)
  const config = writeRows(folder, 'own.json', [{ accounts: ['more.ndjson'] }])
  writeRows(folder, 'more.ndjson', [{ account_id: 'acct_new', email: 'a@mail.example' }])
  expect(await run('explain', networkId(), '--case', path, '--config', config, '--quiet')).toMatchObject({ code: 0 })
  expect((await summarizeCase(path)).scans).toBe(scans)
})

test('what is no case is not made one, and one source is enough', async () => {
  const none = join(folder, 'none.duckdb')
  expect(await run('explain', 'a', '--case', none)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`there is no case '${none}'`),
  })
  expect(existsSync(none)).toBe(false)
  const log = writeRows(folder, 'night-3.ndjson', nightWithRing(3))
  expect(await run('explain', 'a', log, '--case', path)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('logs and --case are two sources for one answer'),
  })
  expect(await run('explain', 'a', '--from', saved, '--case', path)).toMatchObject({ code: 2 })
  expect(await run('explain', 'a', '--case', path, '--accounts', log)).toMatchObject({ code: 2 })
})

test('the answer is not written over the case', async () => {
  const own = join(folder, 'own.duckdb')
  copyFileSync(path, own)
  const { code } = await run('explain', networkId(), '--case', own, '-o', own)
  expect(code).toBe(2)
  expect(readFileSync(own).equals(readFileSync(path))).toBe(true)
})
