import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scan } from '../../src/scan.ts'

test('while a night is added to its case, the steps of that are told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-told-'))
  const told: string[] = []
  const observer = { stage: (name: string) => void told.push(name), progress: (step: string) => void told.push(step) }
  await scan({ inputs: ['fixtures/demo/logs.ndjson'], caseFile: join(folder, 'case.duckdb'), observer })
  rmSync(folder, { recursive: true })
  const [stage, ...steps] = told.slice(told.indexOf('keeping'))
  expect(stage).toBe('keeping')
  expect(steps).toContain('keeping') // the step of the same name
})
