import { spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dayBefore, type Night, openNight } from './night.ts'
import { codeBlocks, readPage } from './pages.ts'
import { type Step, stepsOf } from './workflow.ts'

/**
 * The recipes of docs/nightly.md, run as they stand there. Not run, for want of a service: cron itself, the steps of the
 * workflow that use other people's actions, and `npm ci`.
 */

const page = readPage('docs/nightly.md')
/** By `##` alone: a comment in a script begins like a heading. */
const part = (heading: string): string => page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`))!
const block = (heading: string, language: string): string => codeBlocks(part(heading), language)[0]!
const demo = readFileSync('fixtures/demo/logs.ndjson', 'utf8')
/** Nothing is found in it, but soon. */
const quiet = demo.split('\n').slice(0, 200).join('\n')
const yesterday = dayBefore(1)
const dayOfBaseline = dayBefore(2)

let night: Night
beforeEach(() => {
  night = openNight()
  writeFileSync(join(night.folder, 'distill-scan.config.json'), block('Configuration', 'json'))
  writeFileSync(join(night.folder, 'accounts.csv'), 'account_id,plan\nacct_1,free\n')
})
afterEach(() => rmSync(night.folder, { recursive: true, force: true }))

const inside = (...path: string[]): string => join(night.folder, ...path)

/** The demo's logs and side file: two networks of severity high. */
function putDemo(folder: string): void {
  putLogs(folder, demo)
  cpSync('fixtures/demo/accounts.csv', inside('accounts.csv'))
}

function putLogs(folder: string, text: string): void {
  mkdirSync(inside(folder), { recursive: true })
  writeFileSync(inside(folder, 'logs.ndjson'), text)
}

/** Half of the records cannot be read. */
const damaged = quiet
  .split('\n')
  .map((line, i) => (i % 2 === 0 ? line : '{"account_id":'))
  .join('\n')

describe('crontab', () => {
  const lines = block('Crontab', 'crontab').trimEnd().split('\n')
  const [, , , , , command] = /^(\S+) (\S+) (\S+) (\S+) \S+ (.+)$/.exec(lines.at(-1)!)!
  const asCron = () => night.run(['/bin/sh', '-c', command!.replaceAll('/srv/distill-scan', night.folder)])

  beforeEach(() => {
    writeFileSync(inside('nightly.sh'), block('Crontab', 'bash'))
    putLogs(`logs/${yesterday}`, quiet)
  })

  test('is a line for every night, and none that cron would cut', () => {
    expect(lines.at(-1)).toMatch(/^[0-5]?\d [0-2]?\d \* \* \* /)
    expect(command).not.toContain('%') // an end of line to cron
    expect(lines.slice(0, -1).every((line) => /^[A-Z]+=\S+$/.test(line))).toBe(true)
  })

  test('a first night writes its reports and says what was found; the second has it as baseline', async () => {
    putDemo(`logs/${yesterday}`)
    const first = await asCron()
    expect(first.stdout).toBe(
      `${yesterday}: suspected networks of severity high, new or grown: reports/${yesterday}.html\n`,
    )
    expect(first.stderr).toBe('')
    expect(readdirSync(inside('reports')).sort()).toEqual(
      ['err', 'html', 'json'].map((ending) => `${yesterday}.${ending}`).sort(),
    )
    expect(night.calls()).toEqual([expect.not.stringContaining('--baseline')])
    renameSync(inside('reports', `${yesterday}.json`), inside('reports', `${dayOfBaseline}.json`))
    const second = await night.run(['bash', 'nightly.sh'])
    expect(second.code).toBe(0)
    expect(second.stdout).toBe('')
    expect(night.calls()).toEqual([expect.stringContaining(`--baseline reports/${dayOfBaseline}.json`)])
  }, 60_000)

  test('with a case file named, every night goes into it, and what it knows is no news', async () => {
    writeFileSync(inside('nightly.sh'), block('Crontab', 'bash').replace("case_file=''", 'case_file=case.duckdb'))
    putDemo(`logs/${dayOfBaseline}`)
    expect((await night.run(['bash', 'nightly.sh', dayOfBaseline])).code).toBe(1)
    const second = await night.run(['bash', 'nightly.sh'])
    expect({ code: second.code, stdout: second.stdout }).toEqual({ code: 0, stdout: '' })
    expect(night.calls().every((call) => call.includes('--case case.duckdb'))).toBe(true)
    expect(JSON.parse(readFileSync(inside('reports', `${yesterday}.json`), 'utf8')).case.scan).toBe(2)
  }, 60_000)

  test('a night that runs again does not take itself or a later one for its baseline', async () => {
    await night.run(['bash', 'nightly.sh'])
    night.calls()
    expect((await night.run(['bash', 'nightly.sh', dayOfBaseline])).code).toBe(2) // no logs of that day
    await night.run(['bash', 'nightly.sh'])
    expect(night.calls().join('\n')).not.toContain('--baseline')
  }, 60_000)

  test('an incomplete night says so, and is no baseline', async () => {
    putLogs(`logs/${yesterday}`, damaged)
    const { stdout, code } = await night.run(['bash', 'nightly.sh'])
    expect(code).toBe(3)
    expect(stdout).toContain(`${yesterday}: incomplete`)
    expect(stdout).toContain('the report is incomplete: ')
    expect(readdirSync(inside('reports'))).toContain(`${yesterday}.incomplete.json`)
    expect(existsSync(inside('reports', `${yesterday}.json`))).toBe(false)
  })

  test('a night without logs says so', async () => {
    rmSync(inside('logs'), { recursive: true })
    const { stdout, code } = await night.run(['bash', 'nightly.sh'])
    expect(code).toBe(2)
    expect(stdout).toContain(`${yesterday}: no report, exit 2\ndistill-scan: no such file`)
  })

  test('reports older than ninety days go, and nothing else', async () => {
    mkdirSync(inside('reports'))
    for (const [name, days] of Object.entries({ '2026-01-01.json': 100, '2026-02-01.json': 10, 'notes.json': 100 })) {
      writeFileSync(inside('reports', name), '')
      utimesSync(inside('reports', name), new Date(), new Date(Date.now() - days * 86_400_000))
    }
    rmSync(inside('logs'), { recursive: true })
    await night.run(['bash', 'nightly.sh'])
    expect(
      readdirSync(inside('reports'))
        .filter((name) => !name.startsWith(yesterday))
        .sort(),
    ).toEqual([...['2026-02-01.json', 'notes.json']])
  })

  test('two at once: the second gives up and says so', async () => {
    const holder = spawn('flock', [inside('night.lock'), 'sh', '-c', 'echo held; exec sleep 60'])
    try {
      await new Promise((done) => holder.stdout.once('data', done))
      const { stdout } = await asCron()
      expect(stdout).toBe('the night before is still running\n')
      expect(night.calls()).toEqual([])
      expect(existsSync(inside('reports'))).toBe(false)
    } finally {
      holder.kill()
    }
  })
})

describe('GitHub Actions', () => {
  const yaml = block('GitHub Actions', 'yaml')
  const steps = stepsOf(yaml)
  const named = (name: string): Step => steps.find((step) => step.name === name)!
  const EXPORTS = (): string => inside('exports')
  const summary = (): string => inside('step-summary')

  /** As the runner does it: `bash -e` on a file, each step on its own. */
  const runStep = (name: string) => {
    writeFileSync(inside('step.sh'), named(name).run!)
    return night.run(['bash', '--noprofile', '--norc', '-eo', 'pipefail', 'step.sh'], {
      EXPORTS: EXPORTS(),
      GITHUB_STEP_SUMMARY: summary(),
    })
  }

  test('every step uses one pinned action or runs something', () => {
    expect(steps.length).toBeGreaterThan(5)
    for (const { uses, run } of steps) {
      expect([uses, run].filter((each) => each !== null)).toHaveLength(1)
      if (uses !== null) expect(uses).toMatch(/^actions\/[a-z/-]+@[0-9a-f]{40}$/)
    }
    expect(steps.filter(({ run }) => run !== null).map(({ name }) => name)).toEqual(['install', 'scan', 'summarise'])
    expect(named('install').run).toBe('npm ci') // not run here: it is how this very folder came to be
  })

  test('it is scheduled, may do next to nothing, and runs once at a time', () => {
    expect(yaml).toMatch(/^on:\n {2}schedule:\n {4}- cron: ["']\d+ \d+ \* \* \*["']/m)
    expect(yaml).toMatch(/^permissions: \{\}$/m)
    expect(yaml).toMatch(/^concurrency:\n {2}group: nightly\n {2}cancel-in-progress: false$/m)
    expect(yaml).toContain('    permissions:\n      contents: read\n')
  })

  test('a plain reader refuses what it does not know', () => {
    expect(() => stepsOf(yaml.replace('        run: npm ci', '        runs: npm ci'))).toThrow('unknown in a step')
    expect(() => stepsOf(yaml.replace('      - name: install', '     - name: install'))).toThrow('not plain')
    expect(() => stepsOf(yaml.replace('        run: npm ci', '        name: npm ci'))).toThrow('twice')
  })

  test('a finding fails the scan, is summarised, and is the next baseline', async () => {
    putDemo(`exports/${yesterday}`)
    const first = await runStep('scan')
    expect({
      code: first.code,
      hasReports: ['report.json', 'report.html', 'last.json'].map((name) => existsSync(inside(name))),
    }).toEqual({
      ...{ code: 1, hasReports: [true, true, true] },
    })
    expect(named('summarise').isAlways).toBe(true)
    expect((await runStep('summarise')).code).toBe(0)
    expect(readFileSync(summary(), 'utf8')).toMatch(/2 suspected networks/)
    night.calls()
    putLogs(`exports/${yesterday}`, quiet)
    expect((await runStep('scan')).code).toBe(0)
    expect(night.calls()).toEqual([expect.stringContaining('--baseline last.json')])
  }, 60_000)

  test('an incomplete report fails the scan and is no baseline', async () => {
    putLogs(`exports/${yesterday}`, damaged)
    expect((await runStep('scan')).code).toBe(3)
    expect(existsSync(inside('last.json'))).toBe(false)
  })

  test('without logs there is a summary all the same', async () => {
    expect((await runStep('scan')).code).toBe(2)
    expect((await runStep('summarise')).code).toBe(0)
    expect(readFileSync(summary(), 'utf8')).toBe('No report was written: see the scan.\n')
  })
})

describe('from object storage', () => {
  const records = quiet.split('\n')
  const half = Math.ceil(records.length / 2)
  const asIs = () => {
    writeFileSync(inside('pipe.sh'), block('From object storage', 'bash'))
    return night.run(['bash', 'pipe.sh'], { BUCKET: inside('bucket') })
  }
  beforeEach(() => {
    mkdirSync(inside('bucket', yesterday), { recursive: true })
    const parts = [records.slice(0, half), records.slice(half)].map((lines) => lines.join('\n'))
    // The first does not end in a line break: two records meet on one line
    for (const [i, part] of parts.entries())
      writeFileSync(inside('bucket', yesterday, `0${i}.ndjson.gz`), gzipSync(part))
  })

  test('all objects of the day are one log', async () => {
    const { code, stderr } = await asIs()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { totals } = JSON.parse(readFileSync(inside(`report-${yesterday}.json`), 'utf8'))
    expect(totals.requests).toBe(records.length)
  })

  test('an object that is damaged makes the night incomplete', async () => {
    appendFileSync(inside('bucket', yesterday, '02.ndjson.gz'), gzipSync(records[0]!).subarray(0, 40))
    const { code, stderr } = await asIs()
    expect(code).toBe(3)
    expect(stderr).toContain(`${yesterday}: an object could not be unpacked`)
  })

  test('a day without objects is not a quiet day', async () => {
    rmSync(inside('bucket', yesterday), { recursive: true })
    expect((await asIs()).code).toBe(3)
  })
})

test('the table of exit codes has those of the tool, and the lock’s', () => {
  const codes = [...part('Exit codes of a night').matchAll(/^\| (\d+) /gm)].map(([, code]) => Number(code))
  expect(codes).toEqual([0, 1, 2, 3, 70, 75])
})
