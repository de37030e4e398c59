import { isObject, own, type Row } from './objects.ts'

/** All that a bucket holds beside its results; a record with more of its own is no bucket. */
const OF_BUCKET = /^(?:object|(?:starting|ending)_at|(?:start|end)_time(?:_iso)?)$/

/** `{start, end, results: [{…}]}` → one record for each result, with the times of its bucket; `null` for anything else. */
export function explodeBuckets(value: Row): readonly (Row | null)[] | null {
  const results = own(value, 'results')
  if (!Array.isArray(results) || !(results.length === 0 || results.some(isObject))) return null
  const others = Object.keys(value).filter((key) => key !== 'results')
  const isBucket = others.some((key) => key === 'starting_at' || key === 'start_time')
  if (!isBucket || !others.every((key) => OF_BUCKET.test(key))) return null
  return results.map((result: unknown) => (isObject(result) ? { ...value, results: result } : null))
}
