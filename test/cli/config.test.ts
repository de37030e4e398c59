import { execFile } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CONFIG_NAME } from '../../src/cli/config/file.ts'
import { findConfigFile } from '../../src/cli/config/find.ts'
import { FILE_KEYS } from '../../src/cli/config/keys.ts'
import { readConfigFile } from '../../src/cli/config/read.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { resolveConfig, settingIssues } from '../../src/config.ts'
import { recordedIo } from '../helpers/io.ts'

const BIN = resolve('bin/distill-scan.js')
let top: string
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'distill-scan-config-')))
  mkdirSync(join(top, 'project/.git'), { recursive: true })
  mkdirSync(join(top, 'project/nights/june'), { recursive: true })
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

function put(folder: string, content: object): string {
  const path = join(top, folder, CONFIG_NAME)
  writeFileSync(path, JSON.stringify(content))
  chmodSync(path, 0o644)
  return path
}

const inJune = (...args: string[]): Promise<{ stdout: string; stderr: string; code: number }> =>
  new Promise((done) => {
    const options = { cwd: join(top, 'project/nights/june'), env: { PATH: process.env.PATH, NO_COLOR: '1' } }
    execFile(process.execPath, [BIN, ...args], options, (error, stdout, stderr) =>
      done({ stdout, stderr, code: error === null ? 0 : Number(error.code) }),
    )
  })

describe('where it is found', () => {
  const june = (): string => join(top, 'project/nights/june')

  test('in the nearest folder upwards', async () => {
    const far = put('project', {})
    expect(await findConfigFile(june())).toBe(far)
    const near = put('project/nights', {})
    expect(await findConfigFile(june())).toBe(near)
  })

  test('not above the top of the project', async () => {
    put('', {})
    expect(await findConfigFile(june())).toBeNull()
    expect(await findConfigFile(top)).not.toBeNull()
  })

  test('a folder of that name is none', async () => {
    mkdirSync(join(june(), CONFIG_NAME))
    const path = put('project', {})
    expect(await findConfigFile(june())).toBe(path)
  })

  test.skipIf(process.getuid === undefined)('one of somebody else is refused, with the way out', async () => {
    put('project', {})
    const others = findConfigFile(june(), process.getuid!() + 4711)
    if (process.getuid!() === 0)
      expect(await others).not.toBeNull() // root's files are as good as one's own
    else await expect(others).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    chmodSync(put('project', {}), 0o666)
    await expect(findConfigFile(june())).rejects.toMatchObject({
      message: expect.stringContaining('can be changed by everybody'),
      hint: expect.stringContaining('--no-config'),
    })
  })

  test.skipIf(process.getuid?.() !== 0)('so is a file, and a link to one, that another user owns', async () => {
    const { chownSync, lchownSync } = await import('node:fs')
    const path = put('project', {})
    chownSync(path, 4711, 4711)
    await expect(findConfigFile(june(), 0)).rejects.toMatchObject({ message: expect.stringContaining('somebody else') })
    expect(await findConfigFile(june(), 4711)).toBe(path)
    chownSync(path, 0, 0)
    const link = join(top, 'project/nights', CONFIG_NAME)
    symlinkSync(path, link)
    lchownSync(link, 4711, 4711)
    await expect(findConfigFile(june(), 0)).rejects.toMatchObject({ message: expect.stringContaining('somebody else') })
  })
})

describe('what it does', () => {
  const from = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { stdout } = await inJune('config', '--format', 'json', ...args)
    const { settings, options } = JSON.parse(stdout)
    return Object.fromEntries(
      [...settings, ...options].map((each: { name: string; value: unknown; from: string }) => [
        each.name,
        [each.value, each.from],
      ]),
    )
  }

  test('defaults < file < flags, and paths are relative to the file', async () => {
    put('project', { settings: { memoryMiB: 500, threads: 3 }, accounts: ['a.csv', '/x/b.csv'], top: 3, details: 1 })
    expect(await from('--memory', '700', '--top', '9', '--min-severity', 'high')).toMatchObject({
      memoryMiB: [700, 'flag'],
      threads: [3, 'file'],
      nullDraws: [199, 'default'],
      accounts: [['../../a.csv', '/x/b.csv'], 'file'],
      top: [9, 'flag'],
      details: [1, 'file'],
      minSeverity: ['high', 'flag'],
      failOn: [null, 'default'],
    })
  })

  test('a flag that repeats its default is still a flag', async () => {
    put('project', { settings: { timeZone: 'Europe/Vienna' }, details: 1 })
    expect(await from('--details', '5', '--time-zone', 'UTC')).toMatchObject({
      ...{ details: [5, 'flag'], timeZone: ['UTC', 'flag'] },
    })
  })

  test('--no-config and --config leave the found one alone', async () => {
    put('project', { top: 3 })
    writeFileSync(join(top, 'other.json'), '{"top": 4}')
    expect((await from()).top).toEqual([3, 'file'])
    expect((await from('--no-config')).top).toEqual([null, 'default'])
    expect((await from('--config', '../../../other.json')).top).toEqual([4, 'file'])
  })

  test('a scan names the file that it found, unless --quiet, and obeys it', async () => {
    writeFileSync(join(top, 'accounts.csv'), 'account_id,email\na1,x@mail.example\n')
    const rows = ['a1', 'a2'].map((user, i) => JSON.stringify({ t: 1_780_272_000 + i, user, ip: '192.0.2.7' }))
    writeFileSync(join(top, 'project/nights/june/log.ndjson'), rows.join('\n'))
    put('project', {
      map: { timestamp: 't', account_id: 'user' },
      accounts: ['../accounts.csv'],
      settings: { seed: 'x' },
    })
    const loud = await inJune('log.ndjson', '--format', 'json')
    expect(loud.code).toBe(0)
    expect(loud.stderr).toMatch(/^configuration: \.\.\/\.\.\/distill-scan\.config\.json$/m)
    expect(JSON.parse(loud.stdout)).toMatchObject({ seed: 'x', totals: { requests: 2 } })
    expect(loud.stdout).toContain('"../../../accounts.csv"')
    expect((await inJune('log.ndjson', '--quiet')).stderr).toBe('')
    const named = ['log.ndjson', '--config', `../../${CONFIG_NAME}`]
    expect((await inJune('inspect', ...named)).stderr).not.toContain('configuration:')
    expect((await inJune(...named, '--verbose')).stderr).toContain('configuration: ../../distill-scan.config.json\n')
  }, 90_000)

  test('a command without --config does not look for one', async () => {
    put('project', { nonsense: true })
    expect((await inJune('simulate', '--list')).code).toBe(0)
    expect((await inJune('formats')).code).toBe(2)
  })

  test('the validation library is loaded for presets alone', async () => {
    const bundle = resolve('bundle')
    // the library names itself in each of its schemas
    const holdsValibot = (file: string): boolean => /vendor: "valibot"/.test(readFileSync(join(bundle, file), 'utf8'))
    const chunk = readdirSync(bundle).find(holdsValibot)!
    expect(chunk).toBeDefined()
    const loads = (): Promise<boolean> =>
      new Promise((done) => {
        // Node names every module that it loads
        const env = { PATH: process.env.PATH, NODE_DEBUG: 'esm' }
        const options = { cwd: join(top, 'project/nights/june'), env, maxBuffer: 2 ** 28 }
        execFile(process.execPath, [BIN, 'config'], options, (_, __, stderr) => done(stderr.includes(chunk)))
      })
    put('project', { settings: { seed: 'x' }, failOn: 'high' })
    expect(await loads()).toBe(false)
    const fields = { ip: ['i'] }
    put('project', { presets: [{ id: 'm', title: 'M', kind: 'request', detect: { all: ['a'] }, fields }] })
    expect(await loads()).toBe(true)
  })
})

describe('what is wrong', () => {
  const detailsOf = (content: object): Promise<readonly string[]> =>
    readConfigFile(put('project', content)).then(
      () => [],
      (error) => error.details,
    )

  test('is told all at once, with places and the nearest names', async () => {
    expect(await detailsOf({ settings: { seeds: 1, memory: 900 }, fialOn: 'high', map: { 'no.field': 'x' } })).toEqual([
      "settings.seeds is no setting; did you mean 'seed'?",
      "settings.memory is no setting; did you mean 'memoryMiB'?",
      "fialOn is no key; did you mean 'failOn'?",
      expect.stringMatching(/^map\["no\.field"\] is no field/),
    ])
  })

  test('names of every object are no settings', async () => {
    const content = JSON.parse('{"__proto__": 1, "constructor": 2, "settings": {"__proto__": 1, "toString": 2}}')
    expect((await detailsOf(content)).length).toBe(4)
  })

  test.each([
    ['output', 'report.txt'],
    ['also', ['x.html']],
    ['rejects', 'x.ndjson'],
    ['tempDir', '.'],
    ['reveal', true],
    ['config', 'x.json'],
  ])('%s may not stand in a file', async (key, value) => {
    expect(await detailsOf({ [key]: value })).toEqual([expect.stringContaining(`${key} is no key`)])
  })
})

test('every key of the file is a flag of scan', () => {
  const context = { io: recordedIo(), signal: new AbortController().signal }
  const scan = buildProgram(context, { exitCode: 0, texts: [] }).commands.find((each) => each.name() === 'scan')!
  const flags = scan.options.map((option) => option.attributeName())
  expect(Object.keys(FILE_KEYS).filter((key) => !flags.includes(key))).toEqual([])
})

test('settings are checked for type, range and wholeness', () => {
  const wrong = {
    memoryMiB: 127,
    maxRejectRate: 1.01,
    threads: 0.5,
    seed: 1,
    dedupe: 1,
    nullDraws: Number.NaN,
    nope: 1,
  }
  expect(settingIssues(wrong).map(({ name }) => name)).toEqual(Object.keys(wrong))
  expect(settingIssues({ memoryMiB: 128, maxRejectRate: 1, threads: 0, minLinkBits: 0.5, seed: undefined })).toEqual([])
  expect(() => resolveConfig(wrong)).toThrow(/'memoryMiB' is out of range .*; setting 'maxRejectRate' .*'nope' is no/)
})
