import { CANONICAL_FIELDS } from '../../formats/fields.ts'
import type { MappedSource } from '../engine.ts'
import { present } from './canonical.ts'
import { flatColumn } from './relation.ts'
import { identifier, literal } from './sql.ts'

/**
 * Models and capabilities, of which an account has several at a time: as keys of the base step they would nearly double its
 * rows. The values that the first records show are counted in columns of their own, and only others stay keys.
 */
export interface Mix {
  /** `model` or `capability`. */
  readonly field: string
  /** Raw values that have a column. */
  readonly values: readonly string[]
}

export const MIX_FIELDS: readonly string[] = CANONICAL_FIELDS.filter(({ role }) => role === 'mix').map(
  ({ name }) => name,
)

/** Values of a field that get a column: each costs a little for every record. */
const MOST_VALUES = 12
/** Characters of a value that gets a column: it becomes part of the query. */
const LONGEST = 100
/** Records of the samples that must show a value. */
const LEAST_SEEN = 2

/** What to count in columns, from the samples of the logs. A field with one value everywhere adds no rows, and stays a key. */
export function mixesOf(logs: readonly MappedSource[]): readonly Mix[] {
  return MIX_FIELDS.map((field) => ({ field, values: frequentValues(logs, field) })).filter(
    ({ values }) => values.length > 1,
  )
}

function frequentValues(logs: readonly MappedSource[], field: string): string[] {
  const seen = new Map<string, number>()
  for (const { source, mapping } of logs) {
    const key = flatColumn(mapping, field)
    if (key === null) continue
    for (const record of source.sample) {
      const value = record[key]
      if (typeof value === 'string' && isPlain(value)) seen.set(value, (seen.get(value) ?? 0) + 1)
    }
  }
  const often = [...seen].filter(([, times]) => times >= LEAST_SEEN)
  return often
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_VALUES)
    .map(([value]) => value)
}

/** Printable ASCII, as names of models are: nothing that the engine could read otherwise than the sample did. */
const isPlain = (value: string): boolean => value.length <= LONGEST && /^[\x20-\x7e]+$/.test(value)

const column = (field: string, n: number): string => identifier(`${field}_${n}`)

/** SQL of a key of the base step: NULL for what a column counts. */
export function mixKey(mixes: readonly Mix[], field: string): string {
  const mix = mixes.find((each) => each.field === field)
  if (mix === undefined) return identifier(field)
  return `CASE WHEN ${identifier(field)} IN (${mix.values.map(literal).join(', ')}) THEN NULL ELSE ${identifier(field)} END`
}

/** Columns of the base step, `, … AS …` each: requests by value. */
export const mixColumns = (mixes: readonly Mix[]): string =>
  mixes
    .flatMap(({ field, values }) =>
      values.map(
        (value, n) =>
          `, CAST(count(*) FILTER (${identifier(field)} = ${literal(value)}) AS UINTEGER) AS ${column(field, n)}`,
      ),
    )
    .join('')

/** Requests by group and value of the field, once `candidate` is there; accounts that are no `candidate` are group 0. */
export function mixSql(field: string, mixes: readonly Mix[]): string {
  const values = mixes.find((each) => each.field === field)?.values ?? []
  const counted = values.map((_, n) => `sum(${column(field, n)})`)
  const texts = [identifier(field), ...values.map(literal)].join(', ')
  return `SELECT grp, ${present('text')} AS text, sum(requests)::DOUBLE AS requests FROM (
    SELECT COALESCE(c.grp, 0)::INTEGER AS grp, unnest([${texts}]) AS text, unnest([${['sum(requests)', ...counted].join(', ')}]) AS requests
    FROM base LEFT JOIN candidate c USING (account_raw) WHERE reject IS NULL GROUP BY c.grp, ${identifier(field)})
  WHERE requests > 0 AND ${present('text')} IS NOT NULL GROUP BY ALL ORDER BY 1, 3 DESC, 2`
}
