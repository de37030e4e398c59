import { sniffCsv } from './csv-sniff.ts'
import { parseJson } from './parsers/parse-json.ts'
import { recordsOfHead, type TextShape } from './records.ts'
import type { Source } from './source.ts'

/** Most records that a sample takes from the beginning of a file. */
export const MAX_SAMPLE = 200
/** Characters beyond which a document that holds its records in a list is read element by element. */
const LARGE_DOCUMENT = 1 << 20
/** Lines that tell whether records stand on one each. */
const LOOKED_AT = 50

/** The beginning of a text. */
interface Text {
  readonly text: string
  readonly isWhole: boolean
}

/** What a text is made of. */
export type Content = Pick<Source, 'container' | 'dialect' | 'lineFormat' | 'envelope' | 'sample'>

type Empty = { readonly container: 'empty' } & Pick<Source, 'sample'> & {
    dialect: null
    lineFormat: null
    envelope: null
  }
type Problem = { readonly problem: string; readonly hint: string }

const NOTHING = { dialect: null, lineFormat: null, envelope: null, sample: [] } as const

/** Tells JSON from lines from tables, and reads the first records. */
export function sniffContent(given: Text, columns?: readonly string[]): Content | Empty | Problem {
  const text = { ...given, text: given.text.replace(/^\uFEFF/, '').replace(/^\0+/, '') }
  const first = text.text.search(/[^\s\0]/)
  if (first < 0) {
    if (text.isWhole) return { container: 'empty', ...NOTHING }
    return { problem: 'begins with too many blank lines', hint: 'Remove them.' }
  }
  const start = text.text.slice(first, first + 4096)
  if (/^(?:\{|\[\s*(?:[{[\]]|$))/.test(start)) return sniffJson(text)
  const lineFormat = lineFormatOf(start)
  if (lineFormat !== null) return withSample({ container: 'lines', dialect: null, lineFormat, envelope: null }, text)
  return sniffTable(text, columns)
}

/** By what the first lines look like. */
function lineFormatOf(start: string): Source['lineFormat'] {
  if (/^#(?:Version|Fields|Software|Date):/i.test(start)) return 'w3c'
  if (/^(?:https?|h2|grpcs|wss?) \d{4}-\d\d-\d\dT\S+ \S+ \S+:\d+ /.test(start)) return 'alb'
  return /\bReceived request \S+: prompt: |^INFO:?\s+\S+:\d+ - "[A-Z]+ /m.test(start) ? 'vllm' : null
}

function sniffTable(text: Text, columns?: readonly string[]): Content | Problem {
  const table = sniffCsv(text.text, text.isWhole, { maxRecords: MAX_SAMPLE, ...(columns ? { columns } : {}) })
  if (table === 'no columns') {
    return { problem: 'is neither JSON nor delimited text', hint: 'Export the log as NDJSON, or as CSV with a header.' }
  }
  if (table === 'no header') {
    return {
      problem: 'has no header: its first line looks like data',
      hint: 'Name its columns with --columns a,b,c, or put a line with the names on top.',
    }
  }
  return { container: 'csv', lineFormat: null, envelope: null, ...table }
}

function sniffJson(text: Text): Content | Empty {
  const envelope = envelopeOf(text)
  if (envelope === null && isOneALine(text)) return withSample({ container: 'ndjson', ...SHAPELESS }, text)
  const content = withSample({ container: 'json', ...SHAPELESS, envelope }, text)
  const hasNothing = text.isWhole && /^[\s\0,[\]]*$/.test(text.text)
  return hasNothing ? { container: 'empty', ...NOTHING } : content
}

const SHAPELESS = { dialect: null, lineFormat: null, envelope: null } as const

/** Whether half of the lines are an object each, or a third with the first among them; the last one may be cut. */
function isOneALine({ text, isWhole }: Text): boolean {
  const lines = text.split('\n', LOOKED_AT + 1).filter((line) => line.trim() !== '')
  const whole = isWhole && lines.length <= LOOKED_AT ? lines : lines.slice(0, -1)
  const objects = whole.filter((line) => isObject(line)).length
  return objects > 0 && objects * (isObject(whole[0]!) ? 3 : 2) >= whole.length
}

const isObject = (line: string): boolean => {
  if (!line.trimStart().startsWith('{')) return false
  const value = parseJson(line.replace(/^[\s\0]+|[\s\0]+$/g, ''))
  return value !== null && value !== 'other'
}

/** Lists that hold the records of a document, where more than one may be there the outer one first. */
const LISTS =
  /"(Records|records|data|items|result|results|value|logEvents|events|logs|users|hits|resourceSpans|resourceLogs|notificationItems|traces|entries|rows)"\s*:\s*\[\s*[{\]]/

/** The list of a document that is too large to be held; `null` where values can be read one by one. */
function envelopeOf({ text, isWhole }: Text): readonly string[] | null {
  if (!/^[\s\0]*\{/.test(text)) return null
  const isLarge = text.length >= LARGE_DOCUMENT || !isWhole
  if (!isLarge || recordsOfHead({ container: 'json', ...SHAPELESS }, text.slice(0, LARGE_DOCUMENT), false).length > 0)
    return null
  const key = LISTS.exec(text)?.[1]
  return key === undefined ? null : [key]
}

function withSample(shape: TextShape, { text, isWhole }: Text): Content {
  const values = recordsOfHead(shape, text, isWhole).flatMap(({ value }) => (value === null ? [] : [value]))
  return { ...shape, sample: values.slice(0, MAX_SAMPLE) }
}
