import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { createClient } from '@clickhouse/client'

/** ClickHouse in this process. */
export interface Chdb {
  /** As the option `connection` takes it. */
  readonly connection: object
  run(sql: string): Promise<void>
  rows(sql: string): Promise<Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

const FOLDER = join(import.meta.dirname, 'node_modules', 'chdb')

/** Why the tests are skipped; `null` if they are not. */
export const chdbMissing: string | null = existsSync(FOLDER)
  ? null
  : 'chdb is not installed: npm ci --prefix test/clickhouse'

if (chdbMissing !== null) console.warn(`skipped: ${chdbMissing}`)

export function openChdb(): Chdb {
  const { createChdbConnection } = createRequire(join(FOLDER, 'package.json'))('chdb/connection')
  const connection = createChdbConnection({ path: ':memory:' })
  const client: ClickHouseClient = createClient({ connection })
  return {
    // A scan closes its connection; the tables of the test outlive it.
    connection: new Proxy(connection, {
      get: (target, name) => {
        if (name === 'close') return async () => {}
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
    run: async (sql) => void (await (await client.query({ query: sql, format: 'JSONEachRow' })).text()),
    rows: async (sql) => (await client.query({ query: sql, format: 'JSONEachRow' })).json(),
    close: () => client.close(),
  }
}
