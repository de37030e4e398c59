import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { OTHERS } from './described/others.ts'
import { REQUESTS } from './described/requests.ts'
import { readVendor } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-described-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Formats of which there is no sample, as their vendors describe them: one record each, every value invented. */
test.each([...REQUESTS, ...OTHERS])('%s', async (preset, content, expected) => {
  const path = join(folder, preset)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  const { plan, rows } = await readVendor(path)
  expect(plan.preset).toBe(preset)
  const full = rows.length === 0 ? plan.view.records : rows
  expect(full[0]).toMatchObject(expected)
})
