import { CODES } from '../duckdb/events-sql.ts'
import { accountCondition } from './account-condition.ts'
import { accountDefinition, rawDefinition, rawName } from './base-step.ts'
import { instantDefinitions } from './instant.ts'
import { rowConditions } from './row-conditions.ts'
import { selectSql } from './select.ts'
import type { Table } from './table.ts'

/** Columns of the events that are texts; see `duckdb/events-sql.ts`. */
export const EVENT_FIELDS: readonly string[] = [
  ...CODES.flatMap((code) => code.fields as readonly string[]),
  'status',
  'output_tokens',
]

/** Requests of some accounts, each a row: what tells their order, and hashes, never texts. */
export function eventStepSql(table: Table, fields: ReadonlySet<string>, accounts: readonly string[]): string {
  const wanted = EVENT_FIELDS.filter((field) => fields.has(field))
  return selectSql({
    definitions: [
      accountDefinition(table),
      ...instantDefinitions(table),
      ...wanted.map((field) => rawDefinition(table, field)),
    ],
    columns: ['ds_account', 'ds_ms', 'ds_odd', ...wanted.map(rawName)],
    from: table.from,
    where: [accountCondition(table, accounts), ...rowConditions(table)],
    groupBy: [],
  })
}
