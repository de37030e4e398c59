/**
 * Items 0..n-1 by a number that may fall while they wait: a binary heap that knows where each item stands.
 *
 * Source: J. W. J. Williams, Algorithm 232: Heapsort, CACM 7 (1964), with a table of places.
 *
 * @param {Float64Array} key taken over, changed by `lower`
 */
export function createPeelQueue(key) {
  const heap = Int32Array.from(key, (_, item) => item)
  const place = heap.slice()
  let size = heap.length
  /**
   * @param {number} a
   * @param {number} b
   */
  const isBefore = (a, b) => key[a] < key[b] || (key[a] === key[b] && a < b)
  /**
   * @param {number} at
   * @param {number} item
   */
  const put = (at, item) => {
    heap[at] = item
    place[item] = at
  }
  /** @param {number} from */
  const sink = (from) => {
    const item = heap[from]
    let at = from
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) child++
      if (!isBefore(heap[child], item)) break
      put(at, heap[child])
      at = child
    }
    put(at, item)
  }
  for (let at = (size >> 1) - 1; at >= 0; at--) sink(at)
  return {
    /** The item with the smallest number, the first of equals; -1 when none is left. */
    pop() {
      if (size === 0) return -1
      const first = heap[0]
      size--
      if (size > 0) {
        put(0, heap[size])
        sink(0)
      }
      place[first] = -1
      return first
    },
    /**
     * @param {number} item still waiting
     * @param {number} by >= 0
     */
    lower(item, by) {
      key[item] -= by
      let at = place[item]
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!isBefore(item, heap[parent])) break
        put(at, heap[parent])
        at = parent
      }
      put(at, item)
    },
    /** @param {number} item */
    has: (item) => place[item] >= 0,
    /** @param {number} item */
    keyOf: (item) => key[item],
  }
}
