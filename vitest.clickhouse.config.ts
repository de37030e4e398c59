import { defineConfig } from 'vitest/config'

/**
 * The tests against ClickHouse itself: in this process, and as a cluster of servers on loopback. `npm run test:clickhouse`.
 * What is not installed is said, and its tests are skipped.
 */
export default defineConfig({
  test: {
    include: ['test/clickhouse/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['test/properties/build-if-stale.ts'],
    setupFiles: ['test/properties/draws.ts'],
    pool: 'forks',
    maxWorkers: 1, // each holds an engine of its own
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TZ: 'UTC' },
  },
})
