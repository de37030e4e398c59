import type { MappedSource } from '../engine.ts'
import { templateHash } from './canonical.ts'
import { presentFields, TEXT_OF } from './fields.ts'
import { timed } from './numbers.ts'
import { unionSql } from './relation.ts'

/** Columns of the table that stand for a text, and the fields it is made of: the first that is present counts. */
export const CODES = [
  { column: 'template', fields: ['system_prompt_hash', 'tools_hash'] },
  { column: 'prompt', fields: ['prompt_hash'] },
  { column: 'session', fields: ['session_id'] },
  { column: 'signature', fields: ['signature_hash'] },
  { column: 'model', fields: ['model'] },
] as const

/**
 * Columns, as they are read, of the watched accounts' records. The accounts are picked before an instant is parsed or a text hashed:
 * that is most of the work, and most records are of others.
 */
export function eventSql(logs: readonly MappedSource[]): string {
  const fields = presentFields(logs)
  const wanted = [...CODES.flatMap((code) => code.fields as readonly string[]), 'status', 'output_tokens']
  const isMapped = (field: string): boolean => logs.some(({ mapping }) => mapping.fields[field] !== undefined)
  const textOf = (field: string): string | undefined =>
    TEXT_OF[field] !== undefined && isMapped(TEXT_OF[field]) ? TEXT_OF[field] : undefined
  const columns = wanted.map((field) => {
    const text = textOf(field)
    if (!fields.has(field)) return `NULL::VARCHAR AS ${field}`
    return text === undefined ? `${field}` : `COALESCE(${field}, ${templateHash(text)}) AS ${field}`
  })
  const texts = wanted.map(textOf).filter((each) => each !== undefined)
  const raw = [...new Set(['account_id', 'timestamp', ...wanted.filter((each) => fields.has(each)), ...texts])]
  const watched = `(SELECT r.*, w.n FROM (${unionSql(logs, raw)}) r JOIN watched_spelling w ON w.account_raw = r.account_id)`
  return `CREATE OR REPLACE TEMP TABLE event AS SELECT * FROM (
      SELECT n AS account, ms, ${columns.join(', ')} FROM ${timed(logs, watched)})
    WHERE ms IS NOT NULL`
}
