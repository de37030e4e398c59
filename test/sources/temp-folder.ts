import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

export interface TempFolder {
  /** Absolute path of a name in the folder. */
  at(name: string): string
  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): string
}

/** A folder of the test file's own, removed after its tests. */
export function useTempFolder(): TempFolder {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'distill-scan-test-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const at = (name: string): string => join(folder, name)
  return {
    at,
    write(name, content) {
      writeFileSync(at(name), content)
      return at(name)
    },
  }
}
