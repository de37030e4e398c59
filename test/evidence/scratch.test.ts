import { test } from 'vitest'
import { collect } from './collect.ts'
import { gzipSync } from 'node:zlib'

const at = '2026-06-01T10:00:00Z'
const cases: Record<string, any> = {
  basic: { logs: { 'a.ndjson': [{ account_id: 'b', timestamp: at, ip: '198.51.100.1' }, { account_id: 'a', timestamp: at, ip: '198.51.100.77' }] } },
  rejects: { logs: { 'a.ndjson': '{"account_id":"a","timestamp":"2026-06-01T10:00:00Z"}\r\n\r\n   \nnot json\n42\n"text"\n[1]\n[{"account_id":"z","timestamp":1780272006}]\nnull\n{}\n{"other":1}\n{"account_id":"-","timestamp":1780272006}\n{"account_id":null,"timestamp":1780272006}\n{"account_id":"b"}\n{"account_id":"b","timestamp":"yesterday"}\n{"account_id":"b","timestamp":null}\n{"account_id":"c","timestamp":1780272006' } },
  prefixQuote: { logs: { "it's; DROP TABLE base; --.ndjson": [{ account_id: 'a', timestamp: at }] } },
  glob1: { logs: { 'logs[1].ndjson': [{ account_id: 'a', timestamp: at }] } },
  glob2: { logs: { 'a*.ndjson': [{ account_id: 'a', timestamp: at }], 'ab.ndjson': [{ account_id: 'b', timestamp: at }] } },
  caseKeys: { logs: { 'a.ndjson': [{ account_id: 'a', timestamp: at, IP: '198.51.100.1', ip: '198.51.100.2' }] } },
  caseKeys2: { logs: { 'a.ndjson': [{ userId: 'a', UserID: 'x', timestamp: at }] } },
  mapQuote: { logs: { 'a.ndjson': [{ account_id: 'a', timestamp: at, "x'; DROP TABLE base; --": 'v' }, { account_id: 'b', timestamp: at, "x'; DROP TABLE base; --": 'v' }] }, map: { device_fingerprint: "x'; DROP TABLE base; --" } },
  mapDq: { logs: { 'a.ndjson': [{ account_id: 'a', timestamp: at, 'x"y': 'v' }, { account_id: 'b', timestamp: at, 'x"y': 'v' }] }, map: { device_fingerprint: 'x"y' } },
  mapNestedDq: { logs: { 'a.ndjson': [{ account_id: 'a', timestamp: at, n: { 'x"y': 'v' } }, { account_id: 'b', timestamp: at, n: { 'x"y': 'v' } }] }, map: { device_fingerprint: 'n.x"y' } },
  mapNestedBs: { logs: { 'a.ndjson': [{ account_id: 'a', timestamp: at, n: { 'x\\y': 'v' } }, { account_id: 'b', timestamp: at, n: { 'x\\y': 'v' } }] }, map: { device_fingerprint: 'n.x\\y' } },
  mapNestedSq: { logs: { 'a.ndjson': [{ account_id: 'a', timestamp: at, n: { "x'y": 'v' } }, { account_id: 'b', timestamp: at, n: { "x'y": 'v' } }] }, map: { device_fingerprint: "n.x'y" } },
  nulEscape: { logs: { 'a.ndjson': '{"account_id":"a\\u0000x","timestamp":1780272006,"device_fingerprint":"d\\u0000"}\n{"account_id":"b","timestamp":1780272006,"device_fingerprint":"d\\u0000"}\n' } },
  nulRaw: { logs: { 'a.ndjson': '{"account_id":"a","timestamp":1780272006}\n{"account_id":"b\0","timestamp":1780272006}\n{"account_id":"c","timestamp":1780272006}\n' } },
  nulKey: { logs: { 'a.ndjson': '{"account_id":"a","timestamp":1780272006,"ip\\u0000":"1.2.3.4","x\\u0000":"d"}\n' }, map: { device_fingerprint: 'x\0' } },
  proto: { logs: { 'a.ndjson': '{"__proto__":{"account_id":"evil"},"constructor":"x","account_id":"__proto__","timestamp":1780272006,"device_fingerprint":"__proto__","model":"__proto__"}\n{"account_id":"b","timestamp":1780272006,"device_fingerprint":"__proto__"}\n' } },
  nestedValue: { logs: { 'a.ndjson': '{"account_id":{"x":1},"timestamp":1780272006}\n{"account_id":["q"],"timestamp":1780272006}\n{"account_id":7,"timestamp":1780272006}\n{"account_id":true,"timestamp":1780272006}\n{"account_id":1e3,"timestamp":1780272006}\n{"account_id":12345678901234567890,"timestamp":1780272006}\n' } },
  dupKeys: { logs: { 'a.ndjson': '{"account_id":"a","account_id":"b","timestamp":1780272006}\n' } },
  ipv6: { logs: { 'a.ndjson': ['::ffff:c633:6401', '2001:DB8:0:1::5', '2001:0db8::0001:0:0:9', '::ffff:198.51.100.9', '198.51.100.200:443', '203.0.113.9, 10.0.0.1', '[2001:db8::1]:443', '64:ff9b::c633:6401', 'fe80::1', '10.1.2.3', '12:30:45', '999.1.1.1', '2001:db8:7::', 'aa:bb:cc:dd:ee:ff', '::ffff:a00:1', ' 198.51.100.4 ', '198.51.100.4\t'].map((ip, i) => ({ account_id: ip, timestamp: at, ip })) } },
  emptyCsvCol: { logs: { 'a.csv': 'account_id,timestamp,ip,ip\na,1780272006,198.51.100.1,198.51.101.1\nb,1780272006,,198.51.101.1\n' } },
  ragged: { logs: { 'a.csv': 'account_id,timestamp,ip\r\na,1780272006,198.51.100.1\r\nb,1780272006\r\n\r\nc,1780272006,198.51.100.1,extra\r\nd,1780272006,"open\r\ne,1780272006,198.51.100.1\r\nf,1780272006,"198.51.100.2"\r\ng,1780272006,198.51.100.1,\r\n,1780272006,198.51.100.1\r\nh,nope,"a\nb"\r\ni,nope,\r\n' } },
  multi: { logs: { 'a.gz': Buffer.concat([gzipSync('{"account_id":"a","timestamp":1780272006}\n'), gzipSync('{"account_id":"b","timestamp":1780272006}\n')]) } },
}
const only = process.env.ONLY
for (const [name, c] of Object.entries(cases)) if (!only || only.split(',').includes(name)) test(name, async () => {
  const t0 = performance.now()
  try {
    const s = await collect(c)
    console.log(name, Math.round(performance.now() - t0), JSON.stringify({ ids: s.accounts.map((a) => [a.id, a.requests, a.firstAtMs]), shared: s.shared, held: s.held, records: s.records, rejected: s.rejected, rejects: s.rejects, notes: s.collected.notes }, null, 1).replaceAll(/\n\s+/g, ' '))
  } catch (e) { console.log(name, 'THROWS', String(e), (e as any).cause?.message ?? '') }
})
