// Installs chdb where it is not there. Where it cannot be had, the tests that need it skip, and say so.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = import.meta.dirname
if (!existsSync(join(folder, 'node_modules', 'chdb'))) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  if (status !== 0) console.warn('chdb could not be installed: the tests in this process will be skipped')
}
