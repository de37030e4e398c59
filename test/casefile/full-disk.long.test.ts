import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summarizeCase } from '../../src/casefile/summary.ts'
import { scan } from '../../src/scan.ts'
import { nightWithRing, writeRows } from './ring.ts'

/** A small disk is mounted for each try, which needs Linux and its superuser; elsewhere the tests say that they were skipped. */
const folder = mkdtempSync(join(tmpdir(), 'distill-scan-full-'))
const disk = join(folder, 'disk')
mkdirSync(disk)

function mount(kib: number): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', disk]).status === 0
}
const unmount = (): void => void execFileSync('umount', [disk])
const canMount = mount(64)
if (canMount) unmount()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const kibOf = (path: string): number => Math.ceil(statSync(path).size / 1024)
const contents = async (path: string) => {
  const { bytes: _, path: __, ...rest } = await summarizeCase(path)
  return rest
}

/** Copies a case to a disk with so much room beside it, and runs a command there. */
async function onDisk<T>(path: string, roomKib: number, work: (there: string) => T | Promise<T>): Promise<T> {
  mount(kibOf(path) + 8 + roomKib)
  try {
    const there = join(disk, 'case.duckdb')
    copyFileSync(path, there)
    return await work(there)
  } finally {
    unmount()
  }
}

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['bin/distill-scan.js', ...args], { encoding: 'utf8' })

/** What is left of a case whose disk is full, seen from a disk with room. */
async function lookElsewhere(there: string) {
  const copy = join(folder, 'looked-at.duckdb')
  for (const ending of ['', '.wal']) {
    rmSync(`${copy}${ending}`, { force: true })
    if (existsSync(`${there}${ending}`)) copyFileSync(`${there}${ending}`, `${copy}${ending}`)
  }
  return await contents(copy)
}

describe.skipIf(!canMount)('on a full disk', () => {
  const path = join(folder, 'case.duckdb')
  const whole = join(folder, 'whole.duckdb')
  let second = ''
  beforeAll(async () => {
    const first = writeRows(folder, 'first.ndjson', nightWithRing(1))
    second = writeRows(folder, 'second.ndjson', nightWithRing(2))
    await scan({ inputs: [first], caseFile: path, config: { threads: 1 } })
    copyFileSync(path, whole)
    await scan({ inputs: [second], caseFile: whole, config: { threads: 1 } })
  })

  test('a scan leaves the case as it was, and names it', async () => {
    const [before, after] = [await contents(path), await contents(whole)]
    const seen = new Set<number>()
    for (const room of [0, 16, 48, 96, 160, 256, 512, 2048]) {
      await onDisk(path, room, async (there) => {
        const report = join(folder, 'report.json')
        rmSync(report, { force: true })
        const { status, stderr } = run(second, '--case', there, '--threads', '1', '-o', report)
        seen.add(status!)
        const left = await lookElsewhere(there)
        if (status === 0) return expect(left, `room ${room}`).toEqual(after)
        expect([status, stderr], `room ${room}`).toEqual([
          2,
          expect.stringContaining(`the disk of the case '${there}' is full`),
        ])
        expect(stderr).toContain('Free some space there')
        expect(stderr).not.toContain('--temp-dir')
        expect(left, `room ${room}`).toEqual(before)
      })
    }
    expect([...seen].sort()).toEqual([0, 2])
  })

  test('a case that cannot be begun is told so, and does not stand in the way', async () => {
    for (const kib of [8, 16, 32, 64, 200]) {
      mount(kib)
      try {
        const there = join(disk, 'case.duckdb')
        const { status, stderr } = run(second, '--case', there)
        // What was written beside the case is kept, even where the case itself has no room for it.
        if (status === 0) expect(stderr).toContain('the night is kept, but the disk of the case is full')
        else expect([kib, status, stderr]).toEqual([kib, 2, expect.stringContaining(`'${there}' is full`)])
        spawnSync('mount', ['-o', 'remount,size=8m', disk])
        expect(run(second, '--case', there, '--quiet').status, `${kib}`).toBe(0)
        expect((await contents(there)).scans).toBe(1)
      } finally {
        unmount()
      }
    }
  })

  test('forgetting leaves the case as it was, to the byte', async () => {
    const seen = new Set<number>()
    for (const room of [0, 100, 600, 1000, 1500, 8000]) {
      await onDisk(whole, room, (there) => {
        const { status, stderr } = run('case', 'forget', there, '--before', '2026-06-02')
        seen.add(status!)
        expect(readdirSync(disk).filter((name) => name.endsWith('.tmp'))).toEqual([])
        if (status === 0) return
        expect([status, stderr]).toEqual([2, expect.stringContaining(`the disk of the case '${there}' is full`)])
        expect(readFileSync(there).equals(readFileSync(whole))).toBe(true)
      })
    }
    expect([...seen].sort()).toEqual([0, 2])
  })

  test('an export leaves nothing behind', () => {
    for (const kib of [4, 12, 28]) {
      mount(kib)
      try {
        const { status, stderr } = run('case', 'export', whole, join(disk, 'exported'))
        expect([kib, status, stderr]).toEqual([kib, 2, expect.stringContaining("exported' is full")])
        expect(readdirSync(disk)).toEqual([])
      } finally {
        unmount()
      }
    }
  })

  test('an import leaves nothing behind', () => {
    const exported = join(folder, 'exported')
    expect(run('case', 'export', whole, exported).status).toBe(0)
    for (const kib of [8, 24, 64, 200]) {
      mount(kib)
      try {
        const { status, stderr } = run('case', 'import', exported, join(disk, 'case.duckdb'))
        expect([kib, status, stderr]).toEqual([kib, 2, expect.stringContaining("case.duckdb' is full")])
        expect(readdirSync(disk)).toEqual([])
      } finally {
        unmount()
      }
    }
  })
})
