import { readFileSync } from 'node:fs'

interface Schema {
  readonly $defs: Readonly<Record<string, unknown>>
  readonly [keyword: string]: unknown
}

/** The published schema of the report. */
export const reportSchema: Schema = JSON.parse(readFileSync('schema/report.schema.json', 'utf8'))

/** The same with every object closed: what a result of this version may hold, and nothing else. */
export const strictReportSchema = closed(reportSchema) as Schema

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (schema === null || typeof schema !== 'object') return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in schema && 'required' in schema ? { ...inner, additionalProperties: false } : inner
}
