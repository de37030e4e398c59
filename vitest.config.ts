import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/browser/**', 'test/clickhouse/**', 'test/**/*.long.test.ts'],
    globalSetup: ['test/properties/build-if-stale.ts'],
    setupFiles: ['test/properties/draws.ts'],
    // DuckDB is a native addon with threads of its own: one process per worker, and no more workers than two cores carry.
    pool: 'forks',
    maxWorkers: 2,
    // Modules here keep no state, and test files that mock one load theirs anew: loading all for every file took a sixth of the time.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC' },
  },
})
