import { parseJson } from './parse-json.ts'
import { bad, good, MAX_RECORD, type RawRecord, REASONS, type RecordParser } from './parser.ts'

/** A line of the record that is being read. */
interface Held {
  readonly line: number
  readonly text: string
}

interface State {
  /** 1-based line that is being read. */
  line: number
  /** Whether the present piece begins its line. */
  isLineStart: boolean
  /** Open braces and brackets of the record; 0 outside of one. */
  depth: number
  isInString: boolean
  /** What has been read of the record, line by line; empty once it is too long. */
  held: Held[]
  length: number
  startLine: number
  /** Blanks before the record on its first line. */
  indent: number
  /** The rest of a broken record is passed over, up to a line that begins an object at this indent or less. */
  skipTo: number | null
  /** Outside of the list that an envelope holds its records in. */
  isOutside: boolean
  /** Lists that are open around records. */
  lists: number
  /** The last whole record stood on one line. */
  isCompact: boolean
}

/**
 * Objects in any arrangement: an array, one behind the other, over several lines, with commas or without. Elements of
 * arrays are the records. A broken object costs itself: reading goes on at the next line that begins one.
 *
 * @param envelope the key of the list that holds the records, in a document too large to be held; `null` without one
 */
export function createJsonParser(envelope: string | null): RecordParser {
  const opening = envelope === null ? null : new RegExp(`"${envelope.replace(/\W/g, '\\$&')}"\\s*:\\s*\\[`)
  const state: State = {
    ...{ line: 1, isLineStart: true, depth: 0, isInString: false, held: [], length: 0, startLine: 1, indent: 0 },
    ...{ skipTo: null, isOutside: opening !== null, lists: 0, isCompact: false },
  }
  const push = (text: string, endsLine: boolean, out: RawRecord[]): void => {
    const again = scanPiece(state, text, endsLine, opening, out)
    if (endsLine) {
      state.line++
      state.isLineStart = true
    } else state.isLineStart = false
    if (again !== null) replay(state, again, push, out)
  }
  return {
    push,
    end(out) {
      // What is still open is cut; what it swallowed may be whole.
      while (state.depth > 0) {
        const again = giveUp(state, REASONS.cutShort, out)
        state.skipTo = null
        if (again === null) break
        replay(state, again, push, out)
      }
    },
  }
}

/** Reads lines again that a broken record had swallowed. */
function replay(state: State, lines: readonly Held[], push: RecordParser['push'], out: RawRecord[]): void {
  const { line } = state
  for (const each of lines) {
    state.line = each.line
    state.isLineStart = true
    push(each.text, true, out)
  }
  state.line = line
}

const INDENTED_OBJECT = /^\s*(?=\{)/
const indentOf = (text: string): number => INDENTED_OBJECT.exec(text)?.[0].length ?? Number.POSITIVE_INFINITY

/** Reads one piece. Gives lines that have to be read again, `null` as a rule. */
function scanPiece(
  state: State,
  text: string,
  endsLine: boolean,
  opening: RegExp | null,
  out: RawRecord[],
): readonly Held[] | null {
  if (state.skipTo !== null) {
    if (!state.isLineStart || indentOf(text) > state.skipTo) return null
    state.skipTo = null
  }
  if (state.depth > 0 && state.isLineStart && beginsAnother(state, text)) giveUp(state, REASONS.cutShort, out, false)
  if (endsLine && state.isLineStart && state.depth === 0 && wholeLine(state, text, out)) return null
  let at = 0
  while (at < text.length) {
    if (state.depth === 0) at = outside(state, text, at, opening, out)
    else {
      const end = inside(state, text, at)
      hold(state, text.slice(at, end === null ? undefined : end))
      if (end === null) break
      const again = finish(state, out)
      if (again !== null) return [...again, { line: state.line, text: text.slice(end) }]
      at = end
    }
  }
  if (!endsLine || state.depth === 0) return null
  if (state.isInString) {
    const { indent } = state
    giveUp(state, REASONS.notJson, out, false) // a string ends on its line
    state.skipTo = indent
    return null
  }
  if (state.length <= MAX_RECORD) state.held.push({ line: state.line + 1, text: '' })
  return null
}

/** One object on a line, and a comma: most arrays are written so, and need no search for braces. */
function wholeLine(state: State, text: string, out: RawRecord[]): boolean {
  if (state.isOutside || text.charCodeAt(0) !== 0x7b) return false
  const end = text.endsWith(',') ? text.length - 1 : text.length
  if (text.charCodeAt(end - 1) !== 0x7d) return false
  const value = parseJson(end === text.length ? text : text.slice(0, end))
  if (value === null || value === 'other') return false
  out.push(good(state.line, value))
  state.isCompact = true
  return true
}

/**
 * Whether a line begins another record, so that the one that is open was never closed: an object no deeper than that one,
 * where records stand on a line each or what is inside them is indented; elsewhere only a whole object on its line.
 */
function beginsAnother(state: State, text: string): boolean {
  if (indentOf(text) > state.indent) return false
  const second = state.held[1]?.text
  if (second !== undefined && second.search(/\S|$/) > state.indent) return true
  if (state.isCompact && second === undefined) return true
  const value = parseJson(text.trim().replace(/,$/, ''))
  return value !== null && value !== 'other'
}

/** Adds text to the line of the record that is being read. */
function hold(state: State, text: string): void {
  state.length += text.length
  if (state.length > MAX_RECORD) state.held = []
  const last = state.held.at(-1)
  if (state.length > MAX_RECORD) return
  if (last === undefined) state.held.push({ line: state.line, text })
  else state.held[state.held.length - 1] = { line: last.line, text: last.text + text }
}

/** Looks for the next record; gives where to go on. */
function outside(state: State, text: string, from: number, opening: RegExp | null, out: RawRecord[]): number {
  if (state.isOutside && opening !== null) {
    const found = opening.exec(text.slice(from))
    if (found === null) return text.length
    state.isOutside = false
    state.lists = 1
    return from + found.index + found[0].length
  }
  const char = text[from]!
  if (char === '{') {
    state.depth = 0
    state.held = []
    state.length = 0
    state.startLine = state.line
    state.indent = state.isLineStart ? text.slice(0, from).search(/\S|$/) : 0
    state.depth = 1
    hold(state, '{')
    return from + 1
  }
  if (char === '[') state.lists++
  else if (char === ']') {
    state.lists = Math.max(0, state.lists - 1)
    if (state.lists === 0 && opening !== null) state.isOutside = true
  } else if (!/[\s,\0]/.test(char)) {
    out.push(bad(state.line, REASONS.notObject))
    const rest = /[{\]]|,|$/.exec(text.slice(from + 1))!
    return from + 1 + (char === '"' ? stringEnd(text, from + 1) : rest.index)
  }
  return from + 1
}

/** Characters up to the end of a string that is no record. */
function stringEnd(text: string, from: number): number {
  const end = /[^\\]"/.exec(text.slice(from - 1))
  return end === null ? text.length - from : end.index + 1
}

/** Follows a record; gives where it ends, `null` if not in this text. */
function inside(state: State, text: string, from: number): number | null {
  let at = from
  for (;;) {
    const pattern = state.isInString ? /["\\]/g : /["{}[\]]/g
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null) return null
    at = found.index + 1
    const char = found[0]
    if (char === '\\') at++
    else if (char === '"') state.isInString = !state.isInString
    else if (char === '{' || char === '[') state.depth++
    else if (--state.depth === 0) return at
  }
}

/** The record is closed: gives it, or why not. Lines that a broken one swallowed are given back. */
function finish(state: State, out: RawRecord[]): readonly Held[] | null {
  if (state.length > MAX_RECORD) {
    out.push(bad(state.startLine, REASONS.tooLong))
    reset(state)
    return null
  }
  const value = parseJson(state.held.map(({ text }) => text).join('\n'))
  if (value === null || value === 'other') return giveUp(state, REASONS.notJson, out)
  out.push(good(state.startLine, value))
  state.isCompact = state.startLine === state.line
  reset(state)
  return null
}

/** Rejects the record that is open. Gives the lines from the first in it that may begin another record. */
function giveUp(state: State, reason: string, out: RawRecord[], wantsLines = true): readonly Held[] | null {
  out.push(bad(state.startLine, state.length > MAX_RECORD ? REASONS.tooLong : reason))
  const { held, indent } = state
  reset(state)
  const next = wantsLines ? held.findIndex(({ text }, i) => i > 0 && indentOf(text) <= indent) : -1
  return next < 0 ? null : held.slice(next)
}

function reset(state: State): void {
  state.depth = 0
  state.isInString = false
  state.held = []
  state.length = 0
}
