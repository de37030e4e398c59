import type { LineResult } from '../lines.ts'

/** What a server prints of a request (vllm/entrypoints/logger.py), and its access line; the two share no id. */
const REQUEST =
  /(\d\d-\d\d \d\d:\d\d:\d\d)?.*\bReceived request ([\w.-]+): prompt: (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|None), params: /
const ACCESS = /^INFO:\s+(\S+) - "([A-Z]+) (\S+) HTTP\/[\d.]+" (\d{3})\b/

/** One line of an inference server's log. Lines of anything else are passed over. */
export function parseVllm(line: string): LineResult {
  const request = REQUEST.exec(line)
  if (request !== null) {
    const [, ts, rid, single, double] = request
    return { __vllm: true, ts, rid, prompt: unescaped(single ?? double ?? '') }
  }
  if (line.includes('Received request ')) return 'broken' // cut short
  const access = ACCESS.exec(line)
  if (access === null) return 'skipped'
  const [, ip, method, path, status] = access
  return { __vllm: true, ip, method, path, status }
}

/** Of Python's escapes those that change what the words are. */
const unescaped = (text: string): string =>
  text.replace(/\\(n|t|r|\\|'|")/g, (_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char)
