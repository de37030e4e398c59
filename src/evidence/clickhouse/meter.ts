import { Transform } from 'node:stream'
import { tooManyRows } from './faults.ts'

const NEWLINE = 0x0a

/** Counts what is brought, and ends a step that brings more rows than fit. */
export interface Meter {
  readonly traffic: { rows: number; bytes: number; readonly steps: Map<string, number> }
  /**
   * What the answers of one step pass through, each by a stream of its own, all with one count. They hand text on as it is,
   * in good UTF-8: bytes that are none become U+FFFD.
   */
  step(name: string): () => Transform
  /** The lines of a short answer. */
  lines(name: string, text: string): string[]
}

export function createMeter(maxRows: number): Meter {
  const traffic = { rows: 0, bytes: 0, steps: new Map<string, number>() }
  const count = (name: string, lines: number, bytes: number): void => {
    traffic.rows += lines
    traffic.steps.set(name, (traffic.steps.get(name) ?? 0) + lines)
    traffic.bytes += bytes
  }
  return {
    traffic,
    step(name) {
      let rows = 0
      return () => {
        const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
        return new Transform({
          transform(chunk: Buffer, _encoding, done) {
            const lines = countLines(chunk)
            rows += lines
            count(name, lines, chunk.length)
            if (rows > maxRows) done(tooManyRows(maxRows, name))
            else done(null, decoder.decode(chunk, { stream: true }))
          },
          flush(done) {
            done(null, decoder.decode())
          },
        })
      }
    },
    lines(name, text) {
      const lines = text.split('\n').filter((line) => line !== '')
      count(name, lines.length, Buffer.byteLength(text))
      return lines
    },
  }
}

function countLines(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++
  return lines
}
