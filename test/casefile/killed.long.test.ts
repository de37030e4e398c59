import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf, withCase } from '../../src/casefile/open-case.ts'
import { summarizeCase } from '../../src/casefile/summary.ts'
import { CASE, CASE_TABLES } from '../../src/evidence/duckdb/case-tables.ts'
import { createRandom } from '../../src/random.ts'
import { nightWithRing, writeRows } from './ring.ts'

/** Runs are ended at drawn moments; `KILLS=100` tries more of them, and `KILL_SEED` others. */
const KILLS = Number(process.env.KILLS ?? 12)
const SEED = process.env.KILL_SEED ?? 'kills'

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-killed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string): string => join(folder, name)

const contents = async (path: string) => {
  const { bytes: _, path: __, ...rest } = await summarizeCase(path)
  return rest
}

/** Every row of every table. */
const evidenceIn = (path: string) =>
  withCase(path, async (connection) => {
    const tables: Record<string, unknown> = {}
    for (const table of Object.keys(CASE_TABLES))
      tables[table] = await rowsOf(connection, `SELECT * FROM ${CASE}.${table} ORDER BY ALL`)
    return tables
  })

/** When to end a run: so long after its start, or after it began to write to the case. */
interface Moment {
  readonly after: 'start' | 'writing'
  readonly ms: number
}

const path = file('case.duckdb')
const whole = file('whole.duckdb')
const second = (): string => writeRows(folder, 'second.ndjson', nightWithRing(2))
const start = (caseFile: string): ChildProcess =>
  spawn(
    process.execPath,
    ['bin/distill-scan.js', second(), '--case', caseFile, '--quiet', '--threads', '1', '-o', `${caseFile}.json`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.on('close', (code) => resolve(code))
  })
const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** Runs the second night and ends it at that moment. Gives the exit code, `null` if the signal took it, and what was said. */
async function disturbed(caseFile: string, { after, ms }: Moment, signal: 'SIGKILL' | 'SIGINT') {
  const child = start(caseFile)
  let stderr = ''
  child.stderr!.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const exit = ended(child)
  let isOver = false
  void exit.then(() => {
    isOver = true
  })
  while (after === 'writing' && !isOver && !existsSync(`${caseFile}.json`)) await sleep(1)
  await sleep(ms)
  child.kill(signal)
  return { code: await exit, stderr }
}

/** Half over the whole run, and half in its short end, which counts most: there the night is written. */
function moments(label: string, { runMs, tailMs }: { readonly runMs: number; readonly tailMs: number }): Moment[] {
  const random = createRandom(`${SEED}/${label}`)
  return Array.from({ length: KILLS }, (_, i) =>
    i % 2 === 0
      ? { after: 'start', ms: Math.round(random.next() * runMs * 1.1) }
      : { after: 'writing', ms: i === 1 ? 0 : Math.round(random.next() * tailMs * 1.2) },
  )
}

describe('a run that is ended', () => {
  const took = { runMs: 0, tailMs: 0 }
  beforeAll(async () => {
    const first = writeRows(folder, 'first.ndjson', nightWithRing(1))
    await ended(spawn(process.execPath, ['bin/distill-scan.js', first, '--case', path, '--quiet'], { stdio: 'ignore' }))
    copyFileSync(path, whole)
    const begun = performance.now()
    const exit = ended(start(whole))
    while (!existsSync(`${whole}.json`)) await sleep(1)
    const written = performance.now()
    expect(await exit).toBe(0)
    took.tailMs = performance.now() - written
    took.runMs = performance.now() - begun
  })

  test('killed at any moment, it leaves the case as it was or as it would be, and the night can be run again', {
    timeout: 600_000,
  }, async () => {
    const [before, after, evidence] = [await contents(path), await contents(whole), await evidenceIn(whole)]
    const seen = new Set<string>()
    for (const [i, moment] of moments('kill', took).entries()) {
      const own = file(`killed-${i}.duckdb`)
      copyFileSync(path, own)
      await disturbed(own, moment, 'SIGKILL')
      const left = await contents(own)
      expect([before, after], JSON.stringify(moment)).toContainEqual(left)
      seen.add(left.scans === before.scans ? 'before' : 'after')
      expect(await ended(start(own)), JSON.stringify(moment)).toBe(0)
      expect(await evidenceIn(own), JSON.stringify(moment)).toEqual(evidence)
    }
    expect([...seen]).toContain('before') // how many come later depends on the machine
  })

  test('by Ctrl-C, it leaves the case as it was and exits with 130, or has come to its end', {
    timeout: 600_000,
  }, async () => {
    const [before, after] = [await contents(path), await contents(whole)]
    const seen = new Set<number | null>()
    for (const [i, moment] of moments('interrupt', took).entries()) {
      const own = file(`interrupted-${i}.duckdb`)
      copyFileSync(path, own)
      // Before the program listens, and when its work is done, the signal takes the process, as it does with every other.
      const { code, stderr } = await disturbed(own, moment, 'SIGINT')
      seen.add(code)
      expect([0, 130, null], JSON.stringify(moment)).toContain(code)
      const isWritten = existsSync(`${own}.json`)
      if (code === 130)
        expect(stderr).toContain(
          isWritten ? 'the report is written, but the night was not kept' : 'no whole report was written',
        )
      const possible = code === 0 ? [after] : code === 130 ? [before] : [before, after]
      expect(possible, `${JSON.stringify(moment)}: exit ${code}`).toContainEqual(await contents(own))
    }
    expect([...seen]).toContain(130)
  })
})
