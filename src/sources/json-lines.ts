const NEWLINE = 0x0a
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

export interface JsonLines {
  /** The chunk with its newlines moved, as pieces in order. */
  push(chunk: Buffer): Buffer[]
}

/**
 * Turns a JSON array, or objects written over several lines, into one object a line, without parsing: newlines inside
 * an object become spaces and follow behind it, so that every object keeps the line it began on. Only where several
 * objects share a line do later lines shift, and as few as possible.
 *
 * What is no object (a number in the array, garbage) keeps a line of its own, for the reader to reject. An object that
 * is cut short stays as it is.
 */
export function createJsonLines(): JsonLines {
  const state: State = {
    depth: 0,
    isInText: false,
    isEscaped: false,
    hasRecord: false,
    isLoose: false,
    owed: 0,
    excess: 0,
  }
  return {
    push(input) {
      const out: Output = { chunk: Buffer.from(input), pieces: [], start: 0 }
      for (let at = 0; at < out.chunk.length; at++) {
        if (state.isInText) inText(state, out, at)
        else if (state.depth > 0) inObject(state, out, at)
        else outside(state, out, at)
      }
      out.pieces.push(out.chunk.subarray(out.start))
      return out.pieces.filter((piece) => piece.length > 0)
    },
  }
}

interface State {
  depth: number
  isInText: boolean
  isEscaped: boolean
  /** A record has begun on the present output line. */
  hasRecord: boolean
  /** Something that is no object is being copied. */
  isLoose: boolean
  /** Newlines taken out of the present object. */
  owed: number
  /** Newlines added that the input did not have. */
  excess: number
}

interface Output {
  /** Our copy of the input; newlines are overwritten in place. */
  readonly chunk: Buffer
  readonly pieces: Buffer[]
  /** Where the bytes begin that are in no piece yet. */
  start: number
}

function inText(state: State, { chunk }: Output, at: number): void {
  const byte = chunk[at]
  if (byte === NEWLINE) {
    state.isEscaped = false
    if (state.depth === 0) {
      state.isInText = false // a quote in garbage
      state.isLoose = false
      state.hasRecord = false
    } else {
      state.owed++
      chunk[at] = SPACE
    }
  } else if (state.isEscaped) state.isEscaped = false
  else if (byte === BACKSLASH) state.isEscaped = true
  else if (byte === QUOTE) state.isInText = false
}

function inObject(state: State, out: Output, at: number): void {
  const byte = out.chunk[at]
  if (byte === QUOTE) state.isInText = true
  else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) state.depth++
  else if (byte === NEWLINE) {
    state.owed++
    out.chunk[at] = SPACE
  } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
    state.depth--
    if (state.depth > 0) return
    const repaid = Math.min(state.owed, state.excess)
    state.excess -= repaid
    if (state.owed > repaid) breakLine(state, out, at + 1, state.owed - repaid)
    state.owed = 0
  }
}

function outside(state: State, out: Output, at: number): void {
  const byte = out.chunk[at] as number
  if (byte === NEWLINE) {
    state.isLoose = false
    if (state.excess > 0) {
      state.excess--
      out.chunk[at] = SPACE
    } else state.hasRecord = false
  } else if (byte === OPEN_BRACE) {
    startRecord(state, out, at)
    state.isLoose = false
    state.depth = 1
  } else if (byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET) {
    state.isLoose = false
    out.chunk[at] = SPACE
  } else if (byte > SPACE && !state.isLoose) {
    startRecord(state, out, at)
    state.isLoose = true
    state.isInText = byte === QUOTE
  }
}

function startRecord(state: State, out: Output, at: number): void {
  if (state.hasRecord) {
    breakLine(state, out, at, 1)
    state.excess++
  }
  state.hasRecord = true
}

function breakLine(state: State, out: Output, at: number, count: number): void {
  out.pieces.push(out.chunk.subarray(out.start, at), Buffer.alloc(count, NEWLINE))
  out.start = at
  state.hasRecord = false
}
