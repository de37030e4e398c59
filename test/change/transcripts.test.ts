import { expect, test } from 'vitest'
import { redact } from '../../src/report/redact.ts'
import { reports } from '../../src/report/registry.ts'
import { accountIds, aNetwork, aResult } from '../helpers/results.ts'

/** The earlier reports of the transcripts: a week before `fixtures/signals/background`. `-u` writes them again. */
const window = { from: '2026-05-25T00:00:04.000Z', to: '2026-05-31T23:59:51.000Z' }
const seen = { requests: 212, firstSeen: '2026-05-25T08:00:00.000Z', lastSeen: '2026-05-31T21:14:09.000Z' }
const ring = ['g000', 'g001', 'g002', 'g003', 'g004', 'g005', 'g006', 'g007']

test.each([
  ['unchanged', aResult({ window, networks: [aNetwork({ ...seen, accounts: ring, severity: 'medium' })] })],
  [
    'grown',
    aResult({
      window,
      networks: [aNetwork({ ...seen, accounts: [...ring.slice(0, 5), 'left1', 'left2'], severity: 'low' })],
    }),
  ],
  [
    'new',
    aResult({
      window,
      networks: [aNetwork({ ...seen, accounts: accountIds(20) })],
      omitted: { networks: 2, accounts: 7, suppressedValues: 0, unchanged: 0 },
    }),
  ],
  ['later-version', { ...aResult({ window }), schemaVersion: 2 as 1 }],
])('the earlier report of baseline-%s', async (name, result) => {
  const render = await reports.json.load()
  const style = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 5 } as const
  await expect(render(redact(result), style)).toMatchFileSnapshot(`../../fixtures/cli/baseline-${name}/report.json`)
})
