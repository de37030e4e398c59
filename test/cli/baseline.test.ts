import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import type { ScanResult } from '../../src/model.ts'
import type { ScanOptions } from '../../src/scan.ts'
import { recordedIo } from '../helpers/io.ts'
import { accountIds, aFullResult, aNetwork } from '../helpers/results.ts'

const scan = vi.hoisted(() => vi.fn<(options: ScanOptions) => Promise<ScanResult>>())
vi.mock('../../src/scan.ts', () => ({ scan }))

// Test files share their modules; these are loaded with the mock, and not left to the next file.
vi.resetModules()
const { main } = await import('../../src/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'distill-scan-test-'))
const earlier = join(folder, 'earlier.json')
afterAll(() => {
  vi.resetModules()
  rmSync(folder, { recursive: true, force: true })
})

/** Without the declaration that has ended, which is an error of its own. */
const full = (): ScanResult => ({ ...aFullResult(), expiredDeclarations: [] })

beforeEach(async () => {
  scan.mockReset()
  scan.mockResolvedValue(full())
  expect((await run(`--format json -o ${earlier}`)).code).toBe(0)
})

async function run(args: string, over: Partial<Io> = {}) {
  const io = recordedIo(over)
  const code = await main(['package.json', ...args.split(' ')], io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

const statuses = (stdout: string): (string | undefined)[] =>
  (JSON.parse(stdout) as ScanResult).networks.map(({ change }) => change?.status)

test('against its own report nothing has changed, and the gate is open', async () => {
  expect((await run('--fail-on high')).code).toBe(1)
  const again = await run(`--fail-on high --format json --baseline ${earlier}`)
  expect(again.code).toBe(0)
  expect(statuses(again.stdout)).toEqual(['unchanged', 'unchanged', 'unchanged'])
  const news = JSON.parse((await run(`--format json --since-last --baseline ${earlier}`)).stdout) as ScanResult
  expect(news.networks).toEqual([])
  expect(news.omitted).toEqual({ networks: 7, accounts: 683, suppressedValues: 0, unchanged: 3 }) // 4 and 19 before
})

test('one more network shuts it, also where its report shows none', async () => {
  const fresh = aNetwork({ id: 'q7q7q7q7q7', rank: 4, accounts: accountIds(5, 'fresh_'), evidence: [] })
  scan.mockResolvedValue({ ...full(), networks: [...full().networks, fresh] })
  const { code, stdout } = await run(`--fail-on high --format json --since-last --top 1 --baseline ${earlier}`)
  expect(code).toBe(1)
  expect(statuses(stdout)).toEqual(['new'])
  expect((await run(`--fail-on critical --baseline ${earlier}`)).code).toBe(0)
})

test('the earlier report may come from standard input, once', async () => {
  const stdin = () => Readable.from([readFileSync(earlier)])
  const piped = await run('--format json --baseline -', { stdin: stdin() })
  expect(statuses(piped.stdout)).toEqual(['unchanged', 'unchanged', 'unchanged'])
  const twice = await run('- --baseline -', { stdin: stdin() })
  expect(twice).toMatchObject({ code: 2, stdout: '' })
  expect(twice.stderr).toMatch(/^distill-scan: the logs and --baseline both come from standard input\n/)
})

test('it is read before the scan begins, and never written over', async () => {
  scan.mockClear()
  expect((await run(`--baseline ${folder}/nowhere.json`)).stderr).toContain('no such file')
  writeFileSync(join(folder, 'half.json'), readFileSync(earlier, 'utf8').slice(0, 2000))
  expect((await run(`--baseline ${folder}/half.json`)).stderr).toContain("half.json' is no report")
  const over = await run(`--baseline ${earlier} -o ${earlier}`)
  expect(over.stderr).toContain('it is one of the inputs')
  expect([over.code, scan.mock.calls.length]).toEqual([2, 0])
})

test('what an earlier report left out, and one of other accounts, are told apart from news', async () => {
  // aFullResult says that it leaves out four networks itself.
  const limited = await run(`--baseline ${earlier}`)
  expect(limited.stderr).toContain('warning: the earlier report leaves out 4 networks')
  expect(limited.stderr).not.toContain('is it a report on the same accounts?')
  scan.mockResolvedValue({ ...full(), networks: [aNetwork({ accounts: ['x', 'y'], evidence: [] })] })
  const other = await run(`--baseline ${earlier}`)
  expect(other.stderr).toContain('warning: no network of the earlier report is found again')
  expect((await run(`--baseline ${earlier} --quiet`)).stderr).toBe('')
})
