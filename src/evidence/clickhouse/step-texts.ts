import { fastFields, presentFields, REQUEST_IDS, slowFields } from '../duckdb/fields.ts'
import { mappedTexts } from '../duckdb/indicator-sql.ts'
import type { StepText } from '../step-text.ts'
import { STEPS } from '../steps.ts'
import { baseStepSql, MEASURES, nobodyStepSql } from './base-step.ts'
import { eventStepSql } from './event-step.ts'
import { fastStepSql, idCountSql } from './fast-step.ts'
import { sideStepSql } from './side-step.ts'
import type { Table } from './table.ts'

/** In the place of the accounts that only the evidence names. */
const ACCOUNTS = ['ACCOUNT', '…']

/** Every query that a scan sends to the server for evidence, in its order. Nothing is run. */
export function clickHouseSteps(log: Table, side: Table | null): readonly StepText[] {
  const fields = presentFields([{ source: undefined as never, mapping: log.mapping }])
  const slow = slowFields(fields)
  const raw = ['account_id', 'timestamp', ...slow, ...MEASURES, ...mappedTexts(fields)]
  const fast = fastFields(fields)
  return [
    ...(side === null ? [] : [{ title: `side: ${STEPS.side}`, sql: sideStepSql(side) }]),
    { title: `base: ${STEPS.base}`, sql: baseStepSql(log, slow, fields) },
    { title: 'base: records without an account', sql: nobodyStepSql(log, raw) },
    ...fast.map((field) => ({
      title: `fast: ${STEPS.fast} (${field}; a log above 500,000 requests keeps a sample of the hashes)`,
      sql: fastStepSql(log, { field, keepOneIn: 1 }, false),
    })),
    ...(fields.has(REQUEST_IDS) && fast.length > 0
      ? [{ title: 'request ids that came more than once', sql: idCountSql(log, 1) }]
      : []),
    {
      title: 'second reading: requests of the accounts under watch, in their order',
      sql: eventStepSql(log, fields, ACCOUNTS),
    },
  ]
}
