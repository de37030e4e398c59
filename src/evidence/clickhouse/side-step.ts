import { ALIKE } from '../duckdb/relation.ts'
import { rawName } from './base-step.ts'
import { identifier } from './encode.ts'
import { rawText } from './raw-text.ts'
import type { Table } from './table.ts'

/** Step `side`: the distinct rows of a table of accounts, with how many there are of each. */
export function sideStepSql(table: Table): string {
  const fields = Object.keys(table.mapping.fields)
  const columns = fields.map((field) => `${rawText(table, field)} AS ${identifier(rawName(field))}`)
  return `SELECT ${columns.join(', ')}, count() AS ${identifier(ALIKE)}
FROM ${table.from}
GROUP BY ${fields.map((field) => identifier(rawName(field))).join(', ')}`
}
