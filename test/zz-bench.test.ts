import { test } from 'vitest'
import fs from 'node:fs'
import { locateRecords } from '../src/sources/locate.ts'
test('bench', async () => {
  const row = '2026-03-01T10:00:00Z,acct_1234,203.0.113.7,"Mozilla/5.0 (x, y)",100,20,"abc def ghi"\n'
  const row2 = '2026-03-01T10:00:00Z,acct_1234,203.0.113.7,Mozilla/5.0 (x; y),100,20,abc def ghi\n'
  for (const [name, r] of [['q', row], ['p', row2], ['allq', row2.replace(/[^,\n]+/g, '"$&"')], ['long', row + row.repeat(3).replaceAll('\n', '').replaceAll('"', '') + '\n']] as const) {
    const fd2 = fs.openSync('/tmp/fx/big.csv', 'w')
    fs.writeSync(fd2, 'a,b,c,d,e,f,g\n')
    for (let i = 0; i < 3000; i++) fs.writeSync(fd2, r.repeat(1000))
    fs.closeSync(fd2)
    const cb = fs.statSync('/tmp/fx/big.csv').size
    const d = { delimiter: ',', quote: '"', header: [], headerLines: 1 }
    for (let i = 0; i < 2; i++) {
      const s = performance.now(); const x = await locateRecords({ path: '/tmp/fx/big.csv', compression: 'none', dialect: d }, [3_000_000]); const ms = performance.now() - s
      console.log(name, x, (cb / ms / 1e3).toFixed(0), 'MB/s ms')
    }
  }
}, 300000)
