/** How a delimited file is written. */
export interface CsvDialect {
  readonly delimiter: string
  readonly quote: string
  /** What makes a quote inside a field an ordinary character; left out where it is doubled. `\\` also escapes letters. */
  readonly escapeChar?: '\\'
  /** Header names in file order, trimmed, byte order mark removed; may repeat. */
  readonly header: readonly string[]
  /** Physical line on which the header ends, 1-based; records start below it. */
  readonly headerLines: number
}

export type Compression = 'none' | 'gzip' | 'zstd'

/** One layer of compression; `zstd-framed`: frames behind their length in four bytes each. */
export type Layer = 'gzip' | 'zstd' | 'zstd-framed'

/**
 * `ndjson`: one object a line; `json`: objects in any other arrangement; `csv`: delimited text; `lines`: a text format of
 * one record a line; `parquet`: columns; `table`: no file, but a table of a server.
 */
export type Container = 'ndjson' | 'json' | 'csv' | 'lines' | 'parquet' | 'table'

/** W3C extended log (CloudFront), load balancer log, server log with prompts. */
export type LineFormat = 'w3c' | 'alb' | 'vllm'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** One input, recognised by its content. */
export interface Source {
  /** As the user named it; `-` for standard input. Shown in messages and reports. */
  readonly name: string
  /** The file to read: `name` itself, or the spool of a pipe or of a file that had to be rewritten. */
  readonly path: string
  /** `edge`: rows that belong to requests of other logs, joined on the request id. */
  readonly role: 'log' | 'edge' | 'accounts'
  /** Bytes as given, before decompression; 0 for a table. */
  readonly bytes: number
  /** Lower-case hex over the bytes as given, for a table over what is asked of it; resolves beside the scan. */
  readonly sha256: Promise<string>
  /** How `path` is compressed: the outermost of its layers. */
  readonly compression: Compression
  /** All layers, the outermost first. */
  readonly layers: readonly Layer[]
  /** How many times as long the beginning became by decompression; 1 without. */
  readonly expansion: number
  /** How the input was compressed as given; left out when it is the same. A copy in the spool is always compressed. */
  readonly givenCompression?: Compression
  /** Set when the quick reader met what it may read wrongly: the engine then takes each line by itself. */
  readonly isCareful?: boolean
  readonly container: Container
  /** What a file was before it was written again as NDJSON; left out when it was not. */
  readonly givenContainer?: Container
  readonly encoding: Encoding
  /** `null` unless `container` is `csv`. */
  readonly dialect: CsvDialect | null
  /** `null` unless `container` is `lines`. */
  readonly lineFormat: LineFormat | null
  /** Keys down to the list that holds the records of a document too large to be held; `null` for any other. */
  readonly envelope: readonly string[] | null
  /** Why an engine cannot read it where it is, to be read behind "it"; `null` if it can. */
  readonly notInPlace: string | null
  /**
   * First records of the file, for mapping: objects for JSON, header-keyed objects for CSV; of a long plain NDJSON file
   * some more from all over it.
   */
  readonly sample: readonly Readonly<Record<string, unknown>>[]
}

/**
 * The keys under which `sample` holds the columns of a delimited file: the header names, and for a name that comes
 * again (or is empty) one with its 1-based column number, so that every column can be told apart.
 */
export function columnKeys(header: readonly string[]): string[] {
  const taken = new Set(header)
  const used = new Set<string>()
  return header.map((name, index) => {
    let key = name === '' || used.has(name) ? `${name}_${index + 1}` : name
    while (used.has(key) || (key !== name && taken.has(key))) key += '_'
    used.add(key)
    return key
  })
}
