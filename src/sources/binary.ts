/** First bytes of formats that are no text, in Latin-1, and what to do with such a file. */
const MAGIC = [
  ['PK\x03\x04', 'a zip archive or a spreadsheet (xlsx)', 'Unpack it, or save it as CSV.'],
  ['SQLite format 3\0', 'an SQLite database', 'Export the table as CSV.'],
  ['ORC', 'an ORC file', 'Convert it to NDJSON first.'],
  ['Obj\x01', 'an Avro file', 'Convert it to NDJSON first.'],
  ['ARROW1', 'an Arrow file', 'Convert it to NDJSON first.'],
  ['BZh', 'bzip2 data', 'Decompress it: bzcat FILE | distill-scan -'],
  ['\xfd7zXZ\0', 'xz data', 'Decompress it: xzcat FILE | distill-scan -'],
  ['\x04\x22\x4d\x18', 'LZ4 data', 'Decompress it: lz4 -dc FILE | distill-scan -'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive', 'Unpack it.'],
  ['\xd0\xcf\x11\xe0', 'an old Office document (xls)', 'Save it as CSV.'],
  ['%PDF-', 'a PDF document', 'Name the export the document was made from.'],
] as const

export interface Unreadable {
  /** What the content looks like, to be read after "looks like". */
  readonly what: string
  readonly hint: string
}

/**
 * What kind of binary data the decompressed head is; `null` for text. Zero bytes are allowed in what begins like JSON:
 * a log that was cut while it was being written has a hole of them, and costs one record.
 */
export function describeBinary(head: Buffer): Unreadable | null {
  const start = head.subarray(0, 64).toString('latin1')
  for (const [magic, what, hint] of MAGIC) {
    // Three or four letters may begin a text, too.
    const isSure = !/^[A-Za-z0-9]{1,4}$/.test(magic) || head.includes(0) || hasHighControl(head)
    if (isSure && start.startsWith(magic)) return { what, hint }
  }
  if (start.startsWith('DUCK', 8)) return { what: 'a DuckDB database', hint: 'Export the table as NDJSON.' }
  if (/^\s*</.test(start)) return { what: 'HTML or XML', hint: 'Export the log as NDJSON or CSV.' }
  if (/^\s*[{[]/.test(start) && head[1] !== 0) return null
  if (!head.includes(0)) return hasHighControl(head) ? { what: 'binary data', hint: NOT_TEXT } : null
  if (isTextWithHoles(head)) return null
  const isEveryOther = head.length > 3 && (head[0] === 0) !== (head[1] === 0) && (head[2] === 0) !== (head[3] === 0)
  return isEveryOther
    ? { what: 'UTF-16 without a byte order mark', hint: 'Convert it: iconv -f UTF-16LE -t UTF-8 FILE | distill-scan -' }
    : { what: 'binary data', hint: NOT_TEXT }
}

const NOT_TEXT = 'Name an NDJSON or CSV file, plain or compressed with gzip or zstd.'

/** A text that was cut while it was being written, or in which a byte was lost: zeros in a text. */
function isTextWithHoles(head: Buffer): boolean {
  const rest = Buffer.from(head.filter((byte) => byte !== 0))
  const isMost = rest.length * 2 > head.length
  return isMost && !hasHighControl(rest) && !rest.toString('utf8').slice(0, 2048).includes('\uFFFD')
}

/** More than one control character in twenty among the first bytes. */
function hasHighControl(head: Buffer): boolean {
  const start = head.subarray(0, 4096)
  let controls = 0
  for (const byte of start) {
    if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) controls++
  }
  return controls * 20 > start.length
}
