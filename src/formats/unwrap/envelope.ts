import { isObject, own, parseObject, type Row } from './objects.ts'

/** Keys under which products hand out lists of records. */
const LISTS = [
  'Records',
  'records',
  'data',
  'result',
  'results',
  'events',
  'users',
  'logs',
  'value',
  'values',
  'items',
  'entries',
  'rows',
  'traces',
  'notificationItems',
  'logEvents',
]

/** What else an envelope holds: pages, counts, where it came from. Anything else makes the object a record of its own. */
const BESIDE =
  /^(?:object|has_?more|first_?id|last_?id|next_?page|next(?:_?(?:cursor|token|link|page_?token))?|prev(?:ious)?|page|pages|page_?size|per_?page|limit|offset|start|length|total|total_?(?:count|pages|hits|results)|count|size|success|message|messages|errors?|result_?info|meta|metadata|paging|pagination|links?|url|cursor|status|code|ok|took|timed_out|_shards|_scroll_id|live|deliveryStreamArn|requestId|timestamp|kind|version|schema|generated_?at|exported_?at|@odata\.\w+|nextLink)$/i

/** What a subscription to a log group holds beside its events. */
const BESIDE_LOG_EVENTS = /^(?:messageType|owner|logGroup|logStream|subscriptionFilters)$/

/**
 * The elements of an envelope's list; `null` if the object is a record of its own. It is an envelope only if its list holds
 * objects (or is empty), and nothing beside it is more than a page, a count or where it came from.
 */
export function envelopeItems(value: Row): readonly unknown[] | null {
  const keys = Object.keys(value)
  if (keys.length > 20) return null
  const hits = own(value, 'hits')
  if (isObject(hits) && Array.isArray(own(hits, 'hits')))
    return isAlone(value, keys, 'hits') ? (own(hits, 'hits') as unknown[]) : null
  const data = own(value, 'data')
  if (isObject(data)) return isAlone(value, keys, 'data') ? envelopeItems(data) : null
  for (const key of LISTS) {
    const list = own(value, key)
    if (!Array.isArray(list)) continue
    if (!isAlone(value, keys, key) || !(list.length === 0 || list.some(isObject))) continue
    return key === 'logEvents' ? list.map(logEvent) : list.map(oneInside)
  }
  return null
}

/**
 * Whether nothing beside the list is a record's own. An id with an instant is what a request has; a delivery has both, too,
 * and calls its list `records`.
 */
export function isAlone(value: Row, keys: readonly string[], key: string): boolean {
  const isRequest = key !== 'records' && own(value, 'requestId') !== undefined && own(value, 'timestamp') !== undefined
  const isBeside = (each: string): boolean =>
    each === key || BESIDE.test(each) || (key === 'logEvents' && BESIDE_LOG_EVENTS.test(each))
  return !isRequest && keys.every(isBeside)
}

/** An element that is itself a cover of one record. */
const COVERS = ['info', 'NotificationRequestItem']

/** `{"info": {…}}` → the record; a notification keeps its cover, by which it is known. */
function oneInside(item: unknown): unknown {
  if (!isObject(item)) return item
  const keys = Object.keys(item)
  return keys.length === 1 && COVERS.includes(keys[0]!) && keys[0] === 'info' && isObject(item.info) ? item.info : item
}

/** A log event's message is the record; one that is no JSON stays an event, to be told as of no known format. */
function logEvent(event: unknown): unknown {
  if (!isObject(event)) return event
  const message = own(event, 'message')
  return typeof message === 'string' ? (parseObject(message) ?? event) : event
}
