/** Bytes of a length before a frame. */
const PREFIX = 4

/**
 * The frames of a file that puts the length of each before it, one behind the other, as the OpenTelemetry collector's file
 * exporter writes them. The length is big-endian by its documentation, and little-endian where that alone makes sense.
 */
export async function* unframed(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let prefix = Buffer.alloc(0)
  let left = 0
  let isLittle: boolean | null = null
  for await (const chunk of bytes) {
    let at = 0
    while (at < chunk.length) {
      if (left > 0) {
        const frame = chunk.subarray(at, at + left)
        left -= frame.length
        at += frame.length
        yield Buffer.from(frame)
        continue
      }
      const wanted = PREFIX - prefix.length
      prefix = Buffer.concat([prefix, chunk.subarray(at, at + wanted)])
      at += wanted
      if (prefix.length < PREFIX) continue
      isLittle ??= prefix.readUInt32BE(0) > prefix.readUInt32LE(0)
      left = isLittle ? prefix.readUInt32LE(0) : prefix.readUInt32BE(0)
      prefix = Buffer.alloc(0)
    }
  }
}
