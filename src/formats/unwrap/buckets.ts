import { isObject, own, type Row } from './objects.ts'

/** `{start, end, results: [{…}]}` → one record for each result, with the times of its bucket; `null` for anything else. */
export function explodeBuckets(value: Row): readonly (Row | null)[] | null {
  const results = own(value, 'results')
  if (!Array.isArray(results)) return null
  const isBucket = ['starting_at', 'start_time'].some((key) => own(value, key) !== undefined)
  if (!isBucket) return null
  return results.map((result: unknown) => (isObject(result) ? { ...value, results: result } : null))
}
