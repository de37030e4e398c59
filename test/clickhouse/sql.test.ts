import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { literal } from '../../src/evidence/clickhouse/encode.ts'
import { MAYBE_KNOWN, pinnedSettings } from '../../src/evidence/clickhouse/pinned-settings.ts'
import { evidenceSql } from '../../src/evidence-sql.ts'
import { type Chdb, chdbMissing, openChdb } from './chdb.ts'

let chdb: Chdb

beforeAll(() => {
  if (chdbMissing === null) chdb = openChdb()
})

afterAll(async () => {
  if (chdbMissing === null) await chdb.close()
})

describe.skipIf(chdbMissing !== null)('SQL', () => {
  test('every step that is printed can be given to the server as it is', async () => {
    const log = resolve('fixtures/demo/logs.ndjson')
    await chdb.run(
      `CREATE TABLE requests ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${log}', JSONEachRow)`,
    )
    const clickhouse = { url: 'http://in-process', table: 'requests', connection: chdb.connection }
    for (const from of [
      { clickhouse, inputs: [] },
      { inputs: [log], table: 'requests' },
    ]) {
      const text = await evidenceSql({ ...from, dialect: 'clickhouse' })
      const steps = text.split(/;\n/).filter((step) => step.includes('SELECT'))
      expect(steps).toHaveLength(4)
      const rows = []
      for (const step of steps) rows.push((await chdb.rows(step)).length)
      expect(rows[0]).toBeGreaterThan(1000)
      expect(rows.at(-1)).toBe(0) // of accounts that there are not
    }
  })

  test('every setting that is pinned is one of a current server, and may have that value', async () => {
    const pinned = pinnedSettings(new Set(MAYBE_KNOWN))
    const list = Object.entries(pinned).map(
      ([name, value]) => `${name} = ${/^\d+$/.test(value) ? value : literal(value)}`,
    )
    expect(list.length).toBeGreaterThan(15)
    expect(await chdb.rows(`SELECT 1 AS one SETTINGS ${list.join(', ')}`)).toEqual([{ one: 1 }])
  })

  test('a text comes out of its literal as it went in', async () => {
    const texts = [
      "'",
      '\\',
      "\\'",
      '\0',
      '\0' + '1',
      'a\nb\tc\rd',
      '`',
      '"',
      '%',
      '$1',
      '\\n',
      '\\x41',
      'Ä日🙂',
      '\u2028',
      '--',
      '/*',
      ';',
      '{a:String}',
      '',
    ]
    for (const text of texts) expect(await chdb.rows(`SELECT ${literal(text)} AS text`)).toEqual([{ text }])
    expect(await chdb.rows(`SELECT ${literal('half \ud83d')} AS text`)).toEqual([{ text: 'half \ufffd' }])
    expect(await chdb.rows(`SELECT 1 AS ok WHERE ${literal("x' OR '1'='1")} = 'x'`)).toEqual([])
  })
})
