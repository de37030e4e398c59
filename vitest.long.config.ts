import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** What takes long, whole recipes and many nights: `npm run test:long`. */
const long = mergeConfig(base, defineConfig({ test: { testTimeout: 120_000 } }))
long.test!.include = ['test/**/*.long.test.ts']
long.test!.exclude = []

export default long
