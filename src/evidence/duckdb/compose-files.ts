import { join } from 'node:path'
import { literal } from './sql.ts'

/** Where composing leaves its steps. */
export interface Paths {
  readonly rows: string
  readonly requests: string
  readonly edges: string
  readonly earliest: string
  readonly joined: string
}

export const filesIn = (directory: string): Paths => ({
  rows: join(directory, 'rows.parquet'),
  requests: join(directory, 'requests.parquet'),
  edges: join(directory, 'edges.parquet'),
  earliest: join(directory, 'earliest.parquet'),
  joined: join(directory, 'joined.parquet'),
})

export const from = (path: string): string => `read_parquet([${literal(path)}], hive_partitioning=false)`

/** Rows that are merged. */
export const IS_PART = '(is_part AND rid IS NOT NULL AND ms IS NOT NULL)'
