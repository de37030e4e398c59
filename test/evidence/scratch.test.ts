import { test } from 'vitest'
import { gzipSync } from 'node:zlib'
import { collect } from './collect.ts'
import { openSources } from '../../src/sources/open.ts'
import { createHasher } from '../../src/sources/hash.ts'
import { openSpool } from '../../src/sources/spool.ts'
import { Readable } from 'node:stream'
import { writeFileSync } from 'node:fs'
test('gz', async () => {
  const lines = Array.from({ length: 40_000 }, (_, i) => `{"account_id":"a${(i * 2654435761) % 1e9}","timestamp":${1780272006 + i}}\n`)
  const whole = gzipSync(lines.join(''))
  for (const f of [0.05, 0.3, 0.5, 0.7, 0.9, 0.99, 1]) {
    const cut = whole.subarray(0, Math.floor(whole.length * f))
    writeFileSync('/tmp/scratch/late.gz', cut)
    const spool = openSpool(); const hasher = createHasher()
    const o = await openSources({ inputs: ['/tmp/scratch/late.gz'], accounts: [], stdin: Readable.from([]), spool, hasher })
    await hasher.close(); await spool.dispose()
    const seen = await collect({ logs: { 'late.gz': cut } })
    console.log(f, cut.length, seen.records, seen.rejected, seen.collected.notes, o.warnings, seen.collected.mapped[0]!.source.path)
  }
})
test('values', async () => {
  const values = ['\u0000', 'a\u0000b', '\u001b[2J', '\u202egpj.exe', '\ufffd', '\\', '%s', 'x'.repeat(100_000), 'constructor']
  const rows = values.flatMap((value) => ['1', '2'].map((n) => ({ account_id: `${value} ${n}`, timestamp: 1780272006, device_fingerprint: value, model: value })))
  const seen = await collect({ logs: { 'a.ndjson': rows } }, async ({ collected }, engine) => {
      const [, all] = await engine.readActivity(new Int32Array(collected.evidence.tables.accounts.count).fill(1), 2)
      console.log(JSON.stringify(all!.models.map(([m, n]) => [m.slice(0, 20), m.length, n])))
  })
  console.log(JSON.stringify(seen.accounts.map((a) => String(a.id).slice(0, 30))), seen.rejected, seen.rejects)
})
