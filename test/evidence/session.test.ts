import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { openSession, type Session } from '../../src/evidence/duckdb/session.ts'

let folder = ''
let session: Session
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-session-'))
  session = await openSession({ config: resolveConfig({}), tempDirectory: folder }, [])
})
afterEach(async () => {
  await session.close().catch(() => {}) // where it is closed already
  rmSync(folder, { recursive: true })
})

/** Minutes of work. */
const ENDLESS = 'SELECT sum(hash(a.range) % 7)::DOUBLE FROM range(10_000_000) a, range(100_000) b'

test('closed while a query runs, it stops that query and waits for its end', async () => {
  const ended: string[] = []
  const counting = session.scalar('count', ENDLESS).catch(({ code }) => ended.push(code))
  await session.close()
  ended.push('closed')
  await counting
  expect(ended).toEqual(['INTERRUPTED', 'closed'])
})

test('an interrupt between two statements is not lost', async () => {
  await session.run('table', 'CREATE TEMP TABLE t AS SELECT 1 AS n')
  session.interrupt()
  await expect(session.run('more', 'INSERT INTO t VALUES (2)')).rejects.toMatchObject({ code: 'INTERRUPTED' })
  await expect(session.scalar('count', 'SELECT count(*) FROM t')).rejects.toMatchObject({ code: 'INTERRUPTED' })
})

test('what has to come to its end is not stopped', async () => {
  session.finish()
  session.interrupt()
  expect(await session.scalar('one', 'SELECT 1::DOUBLE')).toBe(1)
})
