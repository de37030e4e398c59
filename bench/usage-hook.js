/**
 * Preloaded into a measured Node process where GNU time is missing: writes what the process used when it ends.
 */
import { writeFileSync } from 'node:fs'

const path = process.env.DISTILL_BENCH_USAGE
if (path !== undefined) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    writeFileSync(path, `${userCPUTime / 1e6} ${systemCPUTime / 1e6} ${maxRSS}\n`)
  })
}
