import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import type { ScanResult } from '../../src/model.ts'
import type { ScanOptions } from '../../src/scan.ts'
import { recordedIo } from '../helpers/io.ts'
import { aFullResult, aNetwork, anInput, aResult } from '../helpers/results.ts'

const scan = vi.hoisted(() => vi.fn<(options: ScanOptions) => Promise<ScanResult>>())
vi.mock('../../src/scan.ts', () => ({ scan }))

// Test files share their modules; these are loaded with the mock, and not left to the next file.
vi.resetModules()
const { main } = await import('../../src/cli/main.ts')
const { ScanError } = await import('../../src/errors.ts')
afterAll(() => void vi.resetModules())

/** With everything but what ends a run with an error. */
const aReport = (): ScanResult => ({ ...aFullResult(), expiredDeclarations: [] })

beforeEach(() => {
  scan.mockReset()
  scan.mockResolvedValue(aReport())
})

/** Runs a command line on an existing file. */
async function run(args: string, over: Partial<Io> = {}) {
  const io = recordedIo(over)
  const code = await main(args.split(' ').filter(Boolean), io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

describe('the exit code', () => {
  test.each([
    ['findings alone', 'package.json', 0],
    ['--fail-on reached', 'package.json --fail-on high', 1],
    [
      '--fail-on reached by what --min-severity and --top leave out',
      'package.json --fail-on low --min-severity critical --top 1',
      1,
    ],
    ['--fail-on not reached', 'package.json --fail-on high', 0, aResult()],
    [
      'too many rejects',
      'package.json --fail-on high',
      3,
      aResult({
        networks: [aNetwork()],
        inputs: [anInput({ records: 9, rejected: { count: 1, reasons: { damaged: 1 }, first: [] } })],
      }),
    ],
    ['a declaration that has ended and still matters, the report being written', 'package.json', 2, aFullResult()],
    ['the same outranks findings', 'package.json --fail-on low', 2, aFullResult()],
    ['help', '--help', 0],
    ['version', '--version', 0],
    ['help of a command', 'inspect -h', 0],
    ['no arguments', '', 2],
    ['a bad flag', '--nope', 2],
  ])('%s', async (_, args, code, result = aReport()) => {
    scan.mockResolvedValue(result)
    expect((await run(args)).code).toBe(code)
  })

  test('a failure the user can mend: its own code, one line and a hint', async () => {
    scan.mockRejectedValue(
      new ScanError('OUT_OF_DISK', "no space in '/tmp/\u001b[2J'", 'Name another with --temp-dir.'),
    )
    expect(await run('package.json')).toEqual({
      code: 2,
      stdout: '',
      stderr: "distill-scan: no space in '/tmp/\\u{1b}[2J'\n  Name another with --temp-dir.\n",
    })
  })

  test('a bug: 70 and the stack, nothing on standard output', async () => {
    scan.mockRejectedValue(new TypeError('x is not a function'))
    const { code, stdout, stderr } = await run('package.json')
    expect(code).toBe(70)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^distill-scan: internal error, please report it\nTypeError: x is not a function\n {4}at /)
  })
})

describe('standard output', () => {
  test('is the report and nothing else', async () => {
    const { stdout } = await run('package.json --format json --verbose')
    expect(JSON.parse(stdout).networks).toHaveLength(3)
  })

  test('personal data are shortened in every format, unless --reveal', async () => {
    for (const format of ['table', 'json', 'ndjson']) {
      const hidden = (await run(`package.json --format ${format}`)).stdout
      expect(hidden).not.toContain('fp_9Qx77TLm02Ke')
      expect(hidden).toContain('acct_0001')
      expect((await run(`package.json --format ${format} --reveal`)).stdout).toContain('fp_9Qx77TLm02Ke')
    }
  })

  test.each([
    ['table', '', 3, 4],
    ['table', '--min-severity critical', 1, 6],
    ['json', '', 3, 4],
    ['json', '--min-severity high --top 1', 1, 6],
    ['ndjson', '--top 2', 2, null],
  ])('%s %s shows %i networks and counts the rest', async (format, limits, shown, omitted) => {
    const { stdout } = await run(`package.json --format ${format} ${limits}`)
    const ids = ['c2v6tq7r4d', 'm4k7q2xw5a', 'z3h5j6k2pa'].filter((id) => stdout.includes(id))
    expect(ids).toHaveLength(shown)
    if (format === 'json') expect(JSON.parse(stdout).omitted.networks).toBe(omitted)
    if (format === 'table') expect(stdout).toContain(`Not shown     ${omitted} networks`)
  })

  test('has colour on a terminal alone, and the width of it', async () => {
    const onTerminal = await run('package.json', { stdoutIsTerminal: true, columns: 160 })
    expect(onTerminal.stdout).toContain('\u001b[')
    expect(onTerminal.stdout).toContain('Strongest reasons')
    expect((await run('package.json', { columns: 160 })).stdout).not.toContain('\u001b[')
    expect((await run('package.json --color')).stdout).toContain('\u001b[')
    expect((await run('package.json --format json --color')).stdout).not.toContain('\u001b[')
  })
})

describe('standard error', () => {
  test('has the warnings, the first rejects, the times and the memory', async () => {
    scan.mockImplementation(async ({ observer }) => {
      observer?.stage?.('reading')
      observer?.warn?.("'b.ndjson' is empty")
      observer?.stage?.('grouping')
      return aReport()
    })
    const { stderr } = await run('package.json')
    expect(stderr).toBe(
      [
        "warning: 'b.ndjson' is empty",
        'logs.ndjson:17: not valid JSON',
        'logs.ndjson:402: no timestamp',
        'logs.ndjson:99127: not valid JSON',
        'reading 0.01 s, grouping 0.01 s, report 0.01 s; total 0.04 s; peak memory 128 MiB',
        '',
      ].join('\n'),
    )
  })

  test('is empty with --quiet, save that the report is incomplete', async () => {
    expect((await run('package.json --quiet')).stderr).toBe('')
    const bad = anInput({
      path: 'b.csv',
      records: 3,
      rejected: { count: 1, reasons: { damaged: 1 }, first: [{ line: 2, reason: 'damaged' }] },
    })
    scan.mockResolvedValue(aResult({ inputs: [anInput({ records: 6 }), bad] }))
    expect(await run('package.json --quiet')).toMatchObject({
      code: 3,
      stderr:
        'distill-scan: the report is incomplete: 10 % of the records could not be read (b.csv 25 %)\n' +
        '  Repair the files, or accept more with --max-reject-rate (now 0.01).\n',
    })
  })

  test('--verbose adds the settings and all rejects there are', async () => {
    const { stderr } = await run('package.json --verbose')
    expect(stderr).toContain('settings: maxRejectRate=0.01 memoryMiB=600 seed=distill-scan\n')
  })
})

describe('the scan is given', () => {
  const given = async (args: string) => {
    await run(args)
    const { signal, observer, ...options } = scan.mock.calls[0]?.[0] ?? { inputs: [] }
    return options
  }

  test('what the flags say, and defaults stay defaults', async () => {
    expect(await given('package.json')).toEqual({
      inputs: ['package.json'],
      accounts: [],
      map: {},
      inputFormats: {},
      presets: [],
      config: {},
      allowEmpty: false,
    })
    scan.mockClear()
    expect(
      await given(
        'package.json b c --accounts x --accounts y --map account_id=user --map ip=a=b --seed s --memory 512 --threads 2 --max-reject-rate .5 --temp-dir . --allow-empty --input-format b=ecs --input-format auth0 --columns a,b --trusted-proxies 203.0.113.7 --time-zone Europe/Vienna --dedupe --max-expanded 2G',
      ),
    ).toEqual({
      inputs: ['package.json', 'b', 'c'],
      accounts: ['x', 'y'],
      map: { account_id: 'user', ip: 'a=b' },
      inputFormats: { b: 'ecs', '*': 'auth0' },
      columns: ['a', 'b'],
      presets: [],
      config: {
        ...{ seed: 's', memoryMiB: 512, threads: 2, maxRejectRate: 0.5, timeZone: 'Europe/Vienna', dedupe: true },
        ...{ trustedProxies: '203.0.113.7', maxExpandedBytes: 2 ** 31 },
      },
      tempDirectory: '.',
      allowEmpty: true,
    })
  })

  test('standard input only if it is named', async () => {
    expect(await given('package.json')).not.toHaveProperty('stdin')
    scan.mockClear()
    expect(await given('-')).toHaveProperty('stdin')
  })

  test.each([
    'package.json -o none/report',
    'package.json --map nope=x',
    'package.json --temp-dir none',
    'package.json --max-reject-rate 2',
    'package.json --memory 1',
    'package.json --threads 0',
    'package.json --format pdf',
    'scna',
  ])('nothing at all: %s', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^distill-scan: [^\n]+\n {2}[^\n]+\n$/)
    expect(scan).not.toHaveBeenCalled()
  })
})

describe('-o FILE', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'main-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  test('has the report without colour, standard output has nothing', async () => {
    const { code, stdout } = await run(`package.json -o ${folder}/report.txt`, { stdoutIsTerminal: true, columns: 160 })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    const text = readFileSync(join(folder, 'report.txt'), 'utf8')
    expect(text).toContain('suspected networks')
    expect(text).not.toContain('\u001b[')
    expect(readdirSync(folder)).toEqual(['report.txt'])
  })

  test('a failed scan leaves an earlier report alone', async () => {
    await run(`package.json -o ${folder}/report.txt`)
    scan.mockRejectedValue(new ScanError('INPUT_EMPTY', 'nothing', 'Export again.'))
    expect((await run(`package.json -o ${folder}/report.txt`)).code).toBe(2)
    expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toContain('suspected networks')
  })
})

test('help names every flag, gives examples and the exit codes, and fits 80 columns beside the examples', async () => {
  const { stdout, stderr } = await run('--help')
  for (const flag of [
    '--accounts',
    '--map',
    '--output',
    '--fail-on',
    '--reveal',
    '--no-color',
    '--version',
    '--help',
  ]) {
    expect(stdout).toContain(flag)
  }
  expect(stdout).toContain('Examples:')
  expect(stdout).toMatch(/Exit codes:\n {2}0 /)
  expect(stderr).toBe('')
  expect(stdout.endsWith('\n')).toBe(true)
})
