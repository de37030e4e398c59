import { test } from 'vitest'
import { collect, iso } from './collect.ts'
import { DuckDBInstance } from '@duckdb/node-api'
import { instantMs, present, addressBlock, emailPattern, normalEmail, countOf, templateHash } from '../../src/evidence/duckdb/canonical.ts'

const ts = ['2026-06-01T00:00:06.979Z','2026-06-01T00:00:06.979','2026-06-01 00:00:06.979','2026-06-01T02:00:06.979+02:00','2026-06-01T02:00:06.979+0200','2026-06-01T02:00:06.979+02','2026-06-01T00:00:06.979000Z','2026-06-01T00:00:06.979123456Z','2026-06-01T00:00:06Z','2026-06-01','2026-06-01T00:00Z','2026-06-01T00:00:06,979Z','20260601T000006Z','2026-06-01 00:00:06 UTC','2026-06-01T00:00:06.979 Z', 't', '1780272006','1780272006.979','1780272006979','1780272006979000','1780272006979123','1780272006979000000','1780272006979123456','1.780272006979e12',' 1780272006 ','1780272006979.5','0','-1','1234','20260601000006','NaN','Infinity','infinity','epoch','now','today','2026-13-01T00:00:00Z','2026-02-30','1969-01-01','1970-01-02T00:00:00Z','9999-12-31T23:59:59Z','99999-01-01','9e99','1e11','1e8','99999999','Mon, 01 Jun 2026 00:00:06 GMT','01/Jun/2026:00:00:06 +0000','2026-06-01T00:00:06+24:00','2026-06-01T00:00:06z','2026-06-01t00:00:06Z','2026-06-01T24:00:00Z','2026-06-01T00:00:60Z','0x6a', '1_780_272_006','2026-06-01T00:00:06.979\t','tomorrow','yesterday', 'true', '١٧٨٠٢٧٢٠٠٦', '-infinity','2026-06-01 (BC)','2026-06-01 BC']
test('ts', async () => {
  const db = await (await DuckDBInstance.create(':memory:')).connect()
  await db.run("SET TimeZone='UTC'")
  for (const t of ts) {
    try {
    const r = await db.runAndReadAll(`SELECT ${instantMs('v')} AS ms FROM (SELECT $1::VARCHAR AS v)`, [t])
    const ms = r.getRows()[0]![0] as bigint | null
    console.log(JSON.stringify(t), ms === null ? null : String(ms), ms === null ? '' : (() => { try { return iso(Number(ms)) } catch { return 'RANGE' } })())
    } catch (e) { console.log(JSON.stringify(t), 'ERR', String(e)) }
  }
  for (const t of ['null\t', '\u00a0null', ' - ', '\n', '\u3000', 'NULL\r', '\ufeffnull', '\u000b-']) {
    const r = await db.runAndReadAll(`SELECT ${present('v')} FROM (SELECT $1::VARCHAR AS v)`, [t])
    console.log(JSON.stringify(t), r.getRows()[0])
  }
  for (const t of ['12', '-1', '1.5', '1e3', '4294967296', ' 7 ', '0x10', 'abc', '1_000', '99.5', '']) {
    const r = await db.runAndReadAll(`SELECT ${countOf('v')} FROM (SELECT $1::VARCHAR AS v)`, [t])
    console.log('count', JSON.stringify(t), r.getRows()[0])
  }
  for (const t of ['Anna.Kern42@Mail.example', 'a+tag@x.example', 'a@b@c.example', 'Übung7@x.example', '+x@y', 'no-at', '@', 'a@', ' a@b ', 'a+b+c@d', '"a@b"@c']) {
    const r = await db.runAndReadAll(`SELECT ${normalEmail('v')} AS n, ${emailPattern(normalEmail('v'))} FROM (SELECT $1::VARCHAR AS v)`, [t])
    console.log('mail', JSON.stringify(t), JSON.stringify(r.getRows()[0]))
  }
  const r = await db.runAndReadAll(`SELECT ${templateHash('v')} = ${templateHash('w')} FROM (SELECT $1::VARCHAR AS v, $2::VARCHAR AS w)`, ['Solve task 17 for bob@x.example at https://a.example/1', 'Solve  task 99 for eve@y.example at https://b.example/2?x=1'])
  console.log('tpl', r.getRows()[0])
})
