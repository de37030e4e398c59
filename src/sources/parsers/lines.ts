import type { LineFormat } from '../source.ts'
import { parseAlb } from './lines/alb.ts'
import { parseVllm } from './lines/vllm.ts'
import { createW3c } from './lines/w3c.ts'
import { bad, createLineGatherer, good, REASONS, type RecordParser } from './parser.ts'

/** What a line is: a record, none that counts (a comment, a line of other software), or one that is broken. */
export type LineResult = Readonly<Record<string, unknown>> | 'skipped' | 'broken'

/** Text formats of one record a line. */
export function createLinesParser(format: LineFormat): RecordParser {
  const gatherer = createLineGatherer()
  const read = { w3c: createW3c, alb: () => parseAlb, vllm: () => parseVllm }[format]()
  let line = 0
  return {
    push(text, endsLine, out) {
      const whole = gatherer.take(text, endsLine)
      if (whole === null) return
      line++
      if (whole.isTooLong) return void out.push(bad(line, REASONS.tooLong))
      const content = whole.line.replaceAll('\0', '').trim()
      if (content === '') return
      const result = read(content)
      if (result === 'broken') out.push(bad(line, 'not a line of this log'))
      else if (result !== 'skipped') out.push(good(line, result))
    },
    end(out) {
      this.push('', true, out)
    },
  }
}
