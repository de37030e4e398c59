import { bundledByImport } from './build/bundled-by-import.js'
import { thirdPartyLicences } from './build/third-party-licences.js'

/**
 * The command and the library in a few files each: Node takes a third of a millisecond for every file that it loads, and a scan
 * has 400 of its own. Modules that are loaded later stay chunks of their own.
 */
export default {
  input: { main: 'src/cli/main.ts', index: 'src/index.ts' },
  platform: 'node',
  // A native addon; an optional peer that brings itself; a package without the text of its licence.
  external: [/^@duckdb\/node-bindings/, /^@clickhouse\/client/, /^ndjson$/],
  plugins: [bundledByImport(), thirdPartyLicences()],
  output: { dir: 'bundle', cleanDir: true, chunkFileNames: '[name]-[hash].js' },
}
