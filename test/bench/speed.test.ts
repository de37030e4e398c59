import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beforeSection } from '../../bench/before.js'
import { CASE_IDS, chooseCases, leaveOut, MOST_ROWS_FOR_ALL } from '../../bench/cases.js'
import { renderDocument, scalingOf } from '../../bench/document.js'
import { parseOptions } from '../../bench/options.js'
import { missingTool, PEERS } from '../../bench/peers/list.js'
import { sizeSections } from '../../bench/report.js'
import { checkCounts } from '../../bench/rounds.js'

type Result = Parameters<typeof checkCounts>[0][number]
type Run = Result['runs'][number]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const MEASURED = {
  wallSeconds: 2,
  cpuSeconds: 3,
  peakBytes: 2 ** 30,
  firstByteSeconds: Number.NaN,
  stderr: '',
  exit: 0,
}

const runOf = (over: Partial<Run>): Run => ({
  ...MEASURED,
  floor: null,
  scan: null,
  counted: null,
  failure: null,
  ...over,
})
const floorRun = (wallSeconds: number): Run =>
  runOf({ wallSeconds, floor: { seconds: wallSeconds / 2, rows: 1000, accounts: 10, version: 'v1' } })
const scanRun = (wallSeconds: number, over: Partial<NonNullable<Run['scan']>> = {}): Run => {
  const stages = new Map([
    ['reading', wallSeconds / 2],
    ['grouping', wallSeconds / 4],
  ])
  return runOf({ wallSeconds, scan: { stages, rows: 1000, accounts: 10, networks: 2, report: 'a', ...over } })
}

/** Results of the cases, by id. */
function resultsOf(runs: Readonly<Record<string, Run[]>>, against: string | null = null): Result[] {
  return chooseCases(Object.keys(runs), { against }).flatMap((each) =>
    runs[each.id] === undefined ? [] : [{ each, runs: runs[each.id]! }],
  )
}

describe('the plan', () => {
  test('a scan and a peer bring the floor of the log that they read', () => {
    expect(chooseCases(['parquet', 'csvParse']).map(({ id }) => id)).toEqual([
      'floor:csv',
      'floor:parquet',
      'parquet',
      'csvParse',
    ])
    expect(chooseCases(['pipe']).map(({ id }) => id)).toEqual(['floor:ndjson', 'pipe'])
  })

  test('names that stand for several cases', () => {
    const { only, named } = parseOptions(['--only', 'peers,scan,jq'])
    expect(only).toEqual(['jq', 'mlr', 'ndjsonPackage', 'csvParse', 'scan'])
    expect(named).toEqual(only)
    expect(parseOptions([])).toMatchObject({ only: CASE_IDS, named: [], against: null })
    expect(() => parseOptions(['--only', 'everything'])).toThrow(
      "--only: no case 'everything'; use some of formats, peers",
    )
  })

  test('the other build scans right before ours, in the same way, and its floor is not run twice', () => {
    const cases = chooseCases(['scan', 'pipe'], { against: '/other' })
    expect(cases.map(({ id }) => id)).toEqual(['floor:ndjson', 'before:scan', 'scan', 'before:pipe', 'pipe'])
    const [, before, now] = cases
    const files = { ndjson: '/log' } as Parameters<NonNullable<typeof before>['command']>[0]
    const own = now!.command(files, 2)
    const others = before!.command(files, 2)
    expect(others.filter((part, i) => part !== own[i])).toEqual(['/other/bin/distill-scan.js'])
    expect(others).toHaveLength(own.length)
  })

  test('a folder that is no build is refused before anything is measured', () => {
    expect(() => parseOptions(['--against', folder])).toThrow('has no bin/distill-scan.js')
  })

  test('slow peers run without being asked for on small logs only, and what is left out is said', () => {
    const of = (rows: number, named: string[]) => leaveOut(['scan', 'csvParse'], { rows, named })
    expect(of(MOST_ROWS_FOR_ALL, [])).toEqual({ only: ['scan', 'csvParse'], leftOut: [] })
    expect(of(MOST_ROWS_FOR_ALL + 1, ['csvParse'])).toEqual({ only: ['scan', 'csvParse'], leftOut: [] })
    expect(of(MOST_ROWS_FOR_ALL + 1, [])).toEqual({
      only: ['scan'],
      leftOut: ['Left out at this size: other formats and what people use instead; `--only` names them.'],
    })
  })

  test('a program that is not there is named', () => {
    expect(missingTool({ tools: ['sh', 'no-such-program-here', 'sort'] })).toBe('no-such-program-here')
    expect(missingTool({ tools: [] })).toBeNull()
  })
})

describe('peers', () => {
  const records = [
    ['a', 'b "quoted"'],
    ['b', 'x'],
    ['a', 'y'],
    ['a', ''],
  ]
  test.each(PEERS.map((peer) => [peer.id, peer] as const))('%s counts what is there', (_, peer) => {
    if (missingTool(peer) !== null) return expect(leaveOut([peer.id], { rows: 1, named: [] }).leftOut).toHaveLength(1)
    const file = join(folder, `peer.${peer.log}`)
    const csv = records.map(([id, text]) => `${id},"${text!.replaceAll('"', '""')}"`)
    const json = records.map(([account_id, text]) => JSON.stringify({ account_id, text }))
    writeFileSync(file, `${(peer.log === 'csv' ? ['account_id,text', ...csv] : json).join('\n')}\n`)
    const [command = '', ...args] = peer.command(file)
    const output = execFileSync(command, args, { encoding: 'utf8' })
    expect(peer.count(output)).toEqual({ rows: 4, accounts: 2 })
  })

  test('mlr’s answer is understood where it is not installed', () => {
    const mlr = PEERS.find(({ id }) => id === 'mlr')!
    expect(mlr.count('{"account_id": "a", "count": 3}\n{"account_id": "b", "count": 1}\n')).toEqual({
      rows: 4,
      accounts: 2,
    })
  })
})

describe('judging', () => {
  test('who did not count every row did not do the work', () => {
    const floors = { 'floor:ndjson': [floorRun(1)] }
    const check = (runs: Record<string, Run[]>) => () => checkCounts(resultsOf({ ...floors, ...runs }))
    expect(check({ scan: [scanRun(4)] })).not.toThrow()
    expect(check({ scan: [scanRun(4, { rows: 999 })] })).toThrow("'scan' counted 999 rows, its floor 1000")
    expect(check({ ndjsonPackage: [runOf({ counted: { rows: 1000, accounts: 9 } })] })).toThrow(
      "'ndjsonPackage' counted 9 accounts, its floor 10",
    )
    expect(check({ ndjsonPackage: [runOf({ failure: 'exit 1: full' })] })).not.toThrow()
  })

  test('every case has its ratio to the floor, and what ran once is held against the first round', () => {
    const results = resultsOf({
      'floor:ndjson': [floorRun(1), floorRun(2)],
      scan: [scanRun(4), scanRun(6)],
      ndjsonPackage: [runOf({ wallSeconds: 5, counted: { rows: 1000, accounts: 10 } })],
    })
    const [main, stages] = sizeSections(results, new Map([['ndjson', 1e7]]), ['Left out: mlr.'])
    expect(main!.lines).toContain('Left out: mlr.')
    const cell = (row: number, head: string) => main!.rows[row]![main!.head.indexOf(head)]
    expect(main!.rows.map(([title]) => title)).toEqual([
      'floor query, NDJSON',
      'scan, NDJSON',
      'package ndjson, NDJSON',
    ])
    expect(cell(0, '× floor')).toBe('')
    expect(cell(1, '× floor')).toBe('3.5 (3.0–4.0)')
    expect(cell(2, '× floor')).toBe('5.0')
    expect(stages!.rows[0]!.slice(1, 4)).toEqual(['2.50 s 50 %', '1.25 s 25 %', '1.25 s 25 %'])
  })

  test('before and after: the ratio comes first, and a report that differs is no saving', () => {
    const before = { 'before:scan': [scanRun(8), scanRun(10)] }
    const rowOf = (now: Run[]) => {
      const results = resultsOf({ ...before, scan: now, 'floor:ndjson': [] }, resolve('.'))
      const [section] = beforeSection(results)
      return Object.fromEntries(section!.head.map((name, i) => [name, section!.rows[0]![i]]))
    }
    const same = rowOf([scanRun(4), scanRun(4)])
    expect(Object.keys(same).slice(0, 2)).toEqual(['', '× wall'])
    expect(same).toMatchObject({ '': 'scan, NDJSON', '× wall': '0.45 (0.40–0.50)', '× CPU': '1.00' })
    expect(same).toMatchObject({ 'wall before, s': '9.00', 'wall now, s': '4.00', 'same report': 'yes' })
    expect(rowOf([scanRun(4), scanRun(4, { report: 'b' })])['same report']).toBe('no')
    expect(rowOf([runOf({ failure: 'exit 70' }), scanRun(4)])['same report']).toBe('no')
    expect(beforeSection(resultsOf({ scan: [scanRun(1)] }))).toEqual([])
  })
})

test('the page is written anew, but for the tables of scaling', () => {
  const parts = {
    facts: [['date', 'today'] as [string, string]],
    sections: [{ title: 'T', lines: ['L'], head: ['', 'x'], rows: [['a|b', '1']] }],
    comparisons: ['C'],
  }
  const page = renderDocument(parts, '## Scaling\n\nkept')
  expect(page).toContain('| date | today |')
  expect(page).toContain('## T\n\nL\n\n|  | x |\n|---|---:|\n| a\\|b | 1 |\n')
  expect(page).toContain('- C\n')
  expect(scalingOf(page)).toBe('## Scaling\n\nkept')
  expect(renderDocument(parts, scalingOf(page))).toBe(page)
  expect(scalingOf(renderDocument(parts))).toBe('')
  expect(scalingOf(null)).toBe('')
})
