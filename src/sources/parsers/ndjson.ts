import { createJsonParser } from './json.ts'
import { parseJson } from './parse-json.ts'
import { bad, createLineGatherer, good, type RawRecord, REASONS, type RecordParser } from './parser.ts'

/** Blanks, and the zero bytes that a crash leaves in a file that was being written. */
const PADDING = /^[\s\0]+|[\s\0]+$/g

/** What a container runtime or a log daemon writes before the line: no quote and no bracket is in it. */
const PREFIX = /^[^"{}[\]]{1,200}(?=\{)/

/** One object a line. A line of several objects, as two writers make it, gives those that are whole. */
export function createNdjsonParser(): RecordParser {
  const gatherer = createLineGatherer()
  let line = 0
  return {
    push(text, endsLine, out) {
      const whole = gatherer.take(text, endsLine)
      if (whole === null) return
      line++
      if (whole.isTooLong) out.push(bad(line, REASONS.tooLong))
      else parseLine(whole.line, line, out)
    },
    end(out) {
      const whole = gatherer.take('', true)
      if (whole?.isTooLong) out.push(bad(line + 1, REASONS.tooLong))
      else if (whole !== null) parseLine(whole.line, line + 1, out)
    },
  }
}

function parseLine(raw: string, line: number, out: RawRecord[]): void {
  const value = raw.charCodeAt(0) === 0x7b ? parseJson(raw) : null
  if (value !== null && value !== 'other') return void out.push(good(line, value))
  const text = raw.replace(PADDING, '')
  if (text === '') return
  const trimmed = parseJson(text.replace(PREFIX, ''))
  if (trimmed === 'other') out.push(bad(line, REASONS.notObject))
  else if (trimmed !== null) out.push(good(line, trimmed))
  else out.push(...severalIn(text, line))
}

/** `{…}{…}` in a line, or the whole record that a torn one was written over; one reject for all that is none. */
function severalIn(text: string, line: number): RawRecord[] {
  const found: RawRecord[] = []
  const parser = createJsonParser(null)
  parser.push(text, true, found)
  parser.end(found)
  const values = found.filter(({ value }) => value !== null)
  const isClean = values.length === found.length && values.length > 0
  return [...values.map(({ value }) => good(line, value)), ...(isClean ? [] : [bad(line, REASONS.notJson)])]
}
