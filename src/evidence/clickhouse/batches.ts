/** UTF-8 bytes of the ids in one query; the server takes eight times as much. */
const BATCH_BYTES = 1 << 20

/** Lists that each fit into a query; none for an empty list. */
export function inBatches(texts: readonly string[], bytes = BATCH_BYTES): string[][] {
  const batches: string[][] = []
  let room = 0
  for (const text of texts) {
    const needs = Buffer.byteLength(text) + 4
    if (needs > room) {
      batches.push([])
      room = Math.max(bytes, needs)
    }
    batches.at(-1)!.push(text)
    room -= needs
  }
  return batches
}
