import type { Partition } from './weighted-graph.ts'

/**
 * How well two divisions of the same items agree, in [0, 1]: the Jaccard coefficient of each part with the part of
 * the other division that is most like it, averaged over the items in parts of two or more; of the two directions the
 * worse. 1 for equal divisions, 0 where nothing is together. Unlike the variation of information over its maximum, it
 * does not improve with the number of items: a long chain cut at two sets of places scores about 0.6 at any length.
 *
 * Source: C. Hennig, Cluster-wise assessment of cluster stability, Computational Statistics & Data Analysis 52 (2007),
 * section 2.
 */
export function partitionAgreement(one: Partition, other: Partition): number {
  const sizes = partSizes(one)
  const otherSizes = partSizes(other)
  const best = new Float64Array(one.count)
  const otherBest = new Float64Array(other.count)
  const shared = new Map<number, number>()
  for (let item = 0; item < one.partOf.length; item++) {
    const key = one.partOf[item]! * other.count + other.partOf[item]!
    shared.set(key, (shared.get(key) ?? 0) + 1)
  }
  for (const [key, both] of shared) {
    const part = Math.floor(key / other.count)
    const otherPart = key % other.count
    const jaccard = both / (sizes[part]! + otherSizes[otherPart]! - both)
    best[part] = Math.max(best[part]!, jaccard)
    otherBest[otherPart] = Math.max(otherBest[otherPart]!, jaccard)
  }
  return Math.min(meanOf(best, sizes), meanOf(otherBest, otherSizes))
}

function meanOf(best: Float64Array, sizes: Int32Array): number {
  let sum = 0
  let items = 0
  for (const [part, size] of sizes.entries()) {
    if (size < 2) continue
    sum += size * best[part]!
    items += size
  }
  return items === 0 ? 0 : sum / items
}

/** Items of each part. */
export function partSizes({ partOf, count }: Partition): Int32Array {
  const sizes = new Int32Array(count)
  for (const part of partOf) sizes[part]!++
  return sizes
}
