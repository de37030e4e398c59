import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Finished } from './pages.ts'

/** A folder in which a recipe runs, with the commands that it expects to be installed. */
export interface Night {
  readonly folder: string
  /** What the tool was called with, one entry a call, since the last look. */
  calls(): string[]
  /** Runs a script with nothing in the environment but what cron and a runner give. */
  run(shell: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>
}

/** The day before today, and others counted back from it, as the recipes' `date -u -d yesterday` counts. */
export const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** A temporary folder with a `distill-scan` and an `npx` in it that start the built command and note what it was called with. */
export function openNight(): Night {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-night-'))
  mkdirSync(join(folder, 'bin'))
  const tool = `#!/usr/bin/env bash
printf '%s\\n' "$*" >> '${folder}/calls'
exec '${process.execPath}' '${resolve('bin/distill-scan.js')}' "$@"
`
  const npx = `#!/usr/bin/env bash\n[[ $1 == --no && $2 == distill-scan ]] || exit 99\nshift 2\nexec distill-scan "$@"\n`
  for (const [name, text] of Object.entries({ 'distill-scan': tool, npx })) {
    writeFileSync(join(folder, 'bin', name), text)
    chmodSync(join(folder, 'bin', name), 0o755)
  }
  writeFileSync(join(folder, 'calls'), '')
  return {
    folder,
    calls: () => {
      const lines = readFileSync(join(folder, 'calls'), 'utf8').split('\n').slice(0, -1)
      writeFileSync(join(folder, 'calls'), '')
      return lines
    },
    run: ([file, ...args], env = {}) =>
      new Promise((done) => {
        const options = { cwd: folder, env: { PATH: `${folder}/bin:/usr/bin:/bin`, HOME: folder, ...env } }
        execFile(file!, args, options, (error, stdout, stderr) => {
          done({ stdout, stderr, code: error === null ? 0 : Number(error.code ?? 1) })
        })
      }),
  }
}
