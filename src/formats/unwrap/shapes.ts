import { isObject, own, type Row } from './objects.ts'

/** Brings a record whose values stand in lists of one or in parallel lists into the shape that presets know. */
export function settleShape(value: Row): Row {
  const fields = own(value, 'fields')
  if (own(value, '_index') !== undefined && isObject(fields)) return singles(fields)
  const [keys, values] = [own(value, 'metadata.key'), own(value, 'metadata.value')]
  return Array.isArray(keys) && Array.isArray(values) && own(value, '__meta') === undefined
    ? { ...value, __meta: zipped(keys, values) }
    : value
}

/** A search engine's field answers: every value in a list. */
const singles = (fields: Row): Row =>
  Object.fromEntries(
    Object.entries(fields).map(([key, list]) => [key, Array.isArray(list) && list.length === 1 ? list[0] : list]),
  )

/** Two lists, of names and of values, as one object without a prototype's names. */
const zipped = (keys: readonly unknown[], values: readonly unknown[]): Row =>
  Object.fromEntries(keys.flatMap((key, i) => (typeof key === 'string' && i < values.length ? [[key, values[i]]] : [])))
