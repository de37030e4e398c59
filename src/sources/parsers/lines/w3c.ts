import type { LineResult } from '../lines.ts'

/**
 * The W3C extended log format (Hallam-Baker & Behlendorf, working draft WD-logfile-960323): directives behind `#`, of which
 * `#Fields` names the columns of the lines below it; it may come again with others.
 */
export function createW3c(): (line: string) => LineResult {
  let fields: readonly string[] = []
  return (line) => {
    if (line.startsWith('#')) {
      if (/^#fields:/i.test(line)) fields = line.slice(8).trim().split(/\s+/)
      return 'skipped'
    }
    const values = line.split(line.includes('\t') ? '\t' : /\s+/)
    if (fields.length === 0 || values.length > fields.length || values.length * 2 < fields.length) return 'broken'
    const record: Record<string, unknown> = {}
    for (const [i, field] of fields.entries()) {
      const value = values[i]
      if (value !== undefined && value !== '-') record[field] = value
    }
    if (typeof record.date === 'string' && typeof record.time === 'string')
      record.date_time = `${record.date} ${record.time}Z`
    return record
  }
}
