import { isObject, own, parseObject, type Row } from './objects.ts'

/** Keys under which collectors put the line that they collected. */
const LINES = ['log', 'message', 'msg', 'line', '_raw', 'MESSAGE']

/** What collectors add to a line; a record with other keys beside its message is one of its own. */
const COLLECTED =
  /^(?:@?time(?:stamp)?|ts|date|stream|tag|host(?:name)?|source|sourcetype|index|kubernetes|docker|container\w*|pod\w*|namespace\w*|node\w*|labels?|level|severity|logger|thread|file|offset|input|agent|ecs|fluent\w*|attrs|partial\w*|_p|_time|_indextime|__\w+|_[A-Z]\w*|PRIORITY|SYSLOG\w*)$/i

/**
 * The record in a collector's cover: a JSON text in `log` or `message` beside what the collector says of it, a
 * search engine's `_source`, a stream's `data`. `null` if the object is no cover.
 */
export function embeddedRecord(value: Row): Row | null {
  const source = own(value, '_source')
  if (isObject(source) && hasOnly(value, OF_HIT)) return source
  const data = own(value, 'data')
  if (own(value, 'log_id') !== undefined && isObject(data) && hasOnly(value, OF_STREAM))
    return { log_id: value.log_id, ...data }
  for (const key of LINES) {
    const line = own(value, key)
    if (line === undefined || !Object.keys(value).every((each) => each === key || COLLECTED.test(each))) continue
    const inner = isObject(line) ? line : typeof line === 'string' ? parseLine(line) : null
    if (inner !== null) return withTime(inner, value)
  }
  return null
}

/** What a search engine says of a document, and a stream of sign-ins of an event. */
const OF_HIT = /^(?:_\w+|fields|sort|highlight|ignored_field_values|inner_hits|matched_queries)$/
const OF_STREAM = /^(?:log_id|data|_id|id|date|time|type|source|specversion)$/

const hasOnly = (value: Row, allowed: RegExp): boolean => Object.keys(value).every((key) => allowed.test(key))

/** A container runtime writes time, stream and a flag before the line. */
const parseLine = (line: string): Row | null =>
  parseObject(line.replace(/^\d{4}-\d{2}-\d{2}T\S+ (?:stdout|stderr) [FP] /, ''))

const TIMES = /^(?:@?time(?:stamp)?|ts|date|created(?:_?at)?|start_?time|event_?time)$/i

/** The line's own time, or the collector's where it has none. */
function withTime(inner: Row, cover: Row): Row {
  if (Object.keys(inner).some((key) => TIMES.test(key))) return inner
  for (const key of ['@timestamp', 'timestamp', 'time', 'ts', 'date']) {
    const time = own(cover, key)
    if (typeof time === 'string' || typeof time === 'number') return { '@timestamp': time, ...inner }
  }
  return inner
}
