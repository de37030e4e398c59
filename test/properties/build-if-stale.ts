import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Vitest's global set-up: builds `dist` when a source is newer, since transcripts run the built command. A type error is
 * printed and not fatal here, because the compiler writes the files all the same and `npm run types` is what fails.
 */
export default function buildIfStale(): void {
  if (builtAtMs() >= newestMs('src')) return
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    encoding: 'utf8',
  })
  if (status !== 0) process.stderr.write(`tsc -p tsconfig.build.json failed:\n${stdout}${stderr}\n`)
}

function builtAtMs(): number {
  return statSync('dist/cli/main.js', { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Of the files below a folder, and of the folders: a file that was removed changes its folder. */
function newestMs(folder: string): number {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
  return Math.max(...names.map((name) => statSync(join(folder, name)).mtimeMs))
}
