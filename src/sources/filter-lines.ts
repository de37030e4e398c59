/** Which lines of a file are kept, and where they go. */
export interface LineFilter {
  readonly path: string
  /** First byte at which a line may begin to be looked at. */
  readonly from: number
  /** First byte at which none is any more; infinite for all up to the end. */
  readonly until: number
  /** A file that does not exist. */
  readonly to: string
  /** Key at the top of a record, of characters that JSON does not escape. */
  readonly key: string
  /** Values of the key, as text, whose lines are kept. */
  readonly values: readonly string[]
}

/** The calls of `node:fs` that are used. */
export type Files = Pick<typeof import('node:fs'), 'openSync' | 'readSync' | 'writeSync' | 'closeSync'>

/** Whether the bytes from `from` to `end` are one of the values. */
type Wanted = (bytes: Buffer, from: number, end: number) => boolean

/**
 * Writes the lines of an NDJSON file that may have one of the values at the key into another. A line is left out only if what
 * the key holds there can be told beyond doubt: before it is one `{` and no escape, so that it is neither the key of something
 * nested nor part of a text; it is the first of its name, which counts; and its value is a text without an escape, or a
 * short whole number. All other lines are kept, for a reader that takes them apart. That is one look at a line in place of a parser.
 *
 * Runs in a thread of its own, as the text of {@link FILTER_FUNCTIONS}: they may refer to each other and to nothing else.
 *
 * @param takeRoom asked before bytes are written; false if there is no room for so many more
 * @throws the file system's error, Error where there is no room, and RangeError for a line that fills memory
 */
export function filterLines(fs: Files, filter: LineFilter, takeRoom: (bytes: number) => boolean): void {
  const mayBeWanted = createLineTest(filter.key, createWanted(filter.values))
  const input = fs.openSync(filter.path, 'r')
  let output = -1
  try {
    output = fs.openSync(filter.to, 'wx', 0o600)
    const keeper = createKeeper(fs, output, takeRoom)
    eachBlock(fs, input, filter, (bytes, from, end) => keepLines(bytes, from, end, mayBeWanted, keeper.keep))
    keeper.flush()
  } finally {
    if (output >= 0) fs.closeSync(output)
    fs.closeSync(input)
  }
}

/** Hands over the lines that begin within the range, whole, many at once; the bytes are valid until the next ones. */
function eachBlock(
  fs: Files,
  input: number,
  { from, until }: Pick<LineFilter, 'from' | 'until'>,
  onLines: (bytes: Buffer, from: number, end: number) => void,
): void {
  const CHUNK_BYTES = 4 << 20
  let buffer = Buffer.allocUnsafeSlow(2 * CHUNK_BYTES)
  let at = Math.max(0, from - 1) // with the byte before: a line begins behind a newline
  let isInside = from === 0
  let left = 0
  for (let isLast = false; !isLast; ) {
    if (left > CHUNK_BYTES) buffer = Buffer.concat([buffer.subarray(0, left)], 2 * left + CHUNK_BYTES)
    const read = fs.readSync(input, buffer, left, buffer.length - left, at)
    at += read
    isLast = read === 0
    const bytes = buffer.subarray(0, left + read)
    const begin = isInside ? 0 : bytes.indexOf(10) + 1
    isInside ||= begin > 0
    if (!isInside) continue // the end of a line that another range has
    const limit = until - (at - bytes.length)
    let whole = isLast ? bytes.length : bytes.lastIndexOf(10) + 1
    if (limit <= begin) return
    const over = limit > bytes.length ? -1 : bytes.indexOf(10, limit - 1)
    if (over >= 0) {
      whole = over + 1
      isLast = true
    }
    onLines(bytes, begin, whole)
    left = bytes.length - whole
    buffer.copyWithin(0, whole, bytes.length)
  }
}

/** Keeps lines of those between `from` and `end`, where one ends. */
function keepLines(
  bytes: Buffer,
  from: number,
  end: number,
  mayBeWanted: Wanted,
  keep: (bytes: Buffer, from: number, end: number) => void,
): void {
  let kept = from // where lines begin that are kept, one after the other up to `line`
  for (let line = from; line < end; ) {
    const newline = bytes.indexOf(10, line)
    const next = newline < 0 || newline >= end ? end : newline + 1
    if (!mayBeWanted(bytes, line, next)) {
      keep(bytes, kept, line)
      kept = next
    }
    line = next
  }
  keep(bytes, kept, end)
}

/** A test of the line from `from` to `end`: false only if it has none of the values. */
function createLineTest(key: string, isWanted: Wanted): Wanted {
  const [BLANK, QUOTE, COMMA, COLON, BACKSLASH, OPEN, CLOSE] = [32, 34, 44, 58, 92, 123, 125] as const
  const [ZERO, NINE] = [48, 57] as const
  /** Who reads numbers may write longer ones otherwise. */
  const MOST_DIGITS = 15
  const needle = Buffer.from(`"${key}"`)
  let offset = 0 // where the key stood in the line before
  const skipBlanks = (bytes: Buffer, at: number): number => {
    let next = at
    while (bytes[next] === BLANK) next++
    return next
  }
  return (bytes, from, end) => {
    let at = from + offset
    if (at + needle.length > end || !isSame(needle, bytes, at)) {
      const found = bytes.subarray(from, end).indexOf(needle)
      if (found < 0) return true
      offset = found
      at = from + offset
    }
    for (let i = from + 1; i < at; i++) {
      if (bytes[i] === OPEN || bytes[i] === BACKSLASH) return true
      if (bytes[i] === QUOTE && isSame(needle, bytes, i)) at = i
    }
    const colon = skipBlanks(bytes, at + needle.length)
    if (bytes[from] !== OPEN || bytes[colon] !== COLON) return true
    const start = skipBlanks(bytes, colon + 1)
    let next = start
    if (bytes[start] === QUOTE) {
      for (next = start + 1; next < end && bytes[next] !== QUOTE; next++) if (bytes[next] === BACKSLASH) return true
      return next >= end || isWanted(bytes, start + 1, next)
    }
    while (next < end && bytes[next]! >= ZERO && bytes[next]! <= NINE) next++
    const isNumber =
      next > start && next < end && next - start <= MOST_DIGITS && (bytes[next] === COMMA || bytes[next] === CLOSE)
    return !isNumber || isWanted(bytes, start, next)
  }
}

/**
 * A table of the values with open addressing, by FNV-1a (Fowler, Noll & Vo): with a set of texts in its place the whole filter
 * takes 1.4 to 1.8 times as long.
 */
function createWanted(values: readonly string[]): Wanted {
  const slots = 2 ** Math.ceil(Math.log2(values.length * 4 + 16))
  const table = new Array<Buffer | undefined>(slots).fill(undefined)
  const slotOf = (bytes: Buffer, from: number, end: number): number => {
    let hash = 0x811c9dc5
    for (let i = from; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    return (hash ^ (hash >>> 15)) & (slots - 1)
  }
  for (const value of values.map((each) => Buffer.from(each))) {
    let slot = slotOf(value, 0, value.length)
    while (table[slot] !== undefined) slot = (slot + 1) & (slots - 1)
    table[slot] = value
  }
  return (bytes, from, end) => {
    for (let slot = slotOf(bytes, from, end); ; slot = (slot + 1) & (slots - 1)) {
      const value = table[slot]
      if (value === undefined) return false
      if (value.length === end - from && isSame(value, bytes, from)) return true
    }
  }
}

function isSame(value: Buffer, bytes: Buffer, from: number): boolean {
  for (let i = 0; i < value.length; i++) if (value[i] !== bytes[from + i]) return false
  return true
}

/** Writes ranges of bytes behind each other, many small ones at once. */
function createKeeper(fs: Files, output: number, takeRoom: (bytes: number) => boolean) {
  const room = Buffer.allocUnsafeSlow(1 << 20)
  let roomBytes = 0
  const write = (bytes: Buffer, from: number, end: number): void => {
    if (!takeRoom(end - from)) throw new Error('more lines are kept than there is room for')
    for (let at = from; at < end; ) at += fs.writeSync(output, bytes, at, end - at)
  }
  const flush = (): void => {
    write(room, 0, roomBytes)
    roomBytes = 0
  }
  const keep = (bytes: Buffer, from: number, end: number): void => {
    if (end - from > room.length - roomBytes) flush()
    if (end - from > room.length) write(bytes, from, end)
    else roomBytes += bytes.copy(room, roomBytes, from, end)
  }
  return { keep, flush }
}

/** All that {@link filterLines} is made of. */
export const FILTER_FUNCTIONS = [filterLines, eachBlock, keepLines, createLineTest, createWanted, isSame, createKeeper]
