import { defineConfig } from 'vitest/config'

/** What needs a real browser: `npm run test:browser`. Where there is none, the tests say so and are skipped. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/properties/build-if-stale.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { TZ: 'UTC' },
  },
})
