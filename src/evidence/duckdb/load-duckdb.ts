import { createRequire } from 'node:module'

/**
 * DuckDB's binding, 70 MB: loaded only where a database is opened. By `require`, since `import` reads every file of a package
 * like this one for the names that it exports before it runs it, which takes as long again; in the bundle it is imported
 * (`build/bundled-by-import.js`).
 */
export const loadDuckDb = async (): Promise<typeof import('@duckdb/node-api')> =>
  createRequire(import.meta.url)('@duckdb/node-api') as typeof import('@duckdb/node-api')
