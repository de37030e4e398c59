/**
 * In a bundle the database's package is loaded by `import()`, which the bundler can follow; the source takes it by `require`
 * because Node reads such a package twice to import it (`src/evidence/duckdb/load-duckdb.ts`).
 *
 * @returns {import('rolldown').Plugin}
 */
export function bundledByImport() {
  return {
    name: 'bundled-by-import',
    load: {
      filter: { id: /[\\/]load-duckdb\.ts$/ },
      handler: () => `export const loadDuckDb = () => import('@duckdb/node-api')`,
    },
  }
}
