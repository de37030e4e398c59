import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { type Instant, parseInstant } from '../../../src/formats/values/instant.ts'

const asUtc = (instant: Instant | null): number | null =>
  instant === null ? null : 'ms' in instant ? instant.ms : Date.parse(`${instant.local.replace(' ', 'T')}Z`)

test('every spelling of one instant that exports are known for: 2026-03-01 10:00:00 UTC, and what is below a second', () => {
  const rows = parse(readFileSync('fixtures/vendor/traps/time_zoo.csv', 'utf8'), { columns: true }) as { t: string }[]
  expect(rows).toHaveLength(20)
  for (const { t } of rows) expect([t, Math.floor(asUtc(parseInstant(t))! / 1000)]).toEqual([t, 1_772_359_200])
})
