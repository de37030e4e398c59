import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Vitest's global set-up: what `npm run build` does, when a source is newer, since transcripts run the built command. What
 * fails is printed and not fatal here: with a type error the files are written all the same, and `npm run types` is what fails.
 */
export default function buildIfStale(): void {
  if (builtAtMs() >= Math.max(newestMs('src'), newestMs('build'), statSync('rolldown.config.js').mtimeMs)) return
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json')
  run('rolldown/bin/cli.mjs', '--config', 'rolldown.config.js')
}

function run(script: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('node_modules', script), ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) process.stderr.write(`${[script, ...args].join(' ')} failed:\n${stdout}${stderr}\n`)
}

function builtAtMs(): number {
  return statSync('bundle/main.js', { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Of the files below a folder, and of the folders: a file that was removed changes its folder. */
function newestMs(folder: string): number {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
  return Math.max(...names.map((name) => statSync(join(folder, name)).mtimeMs))
}
