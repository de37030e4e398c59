/** How a delimited file is written. */
export interface CsvDialect {
  readonly delimiter: string
  readonly quote: string
  /** Header names in file order, trimmed, byte order mark removed; may repeat. */
  readonly header: readonly string[]
  /** Physical line on which the header ends, 1-based; records start below it. */
  readonly headerLines: number
}

export type Compression = 'none' | 'gzip' | 'zstd'

/** One input, recognised by its content. */
export interface Source {
  /** As the user named it; `-` for standard input. Shown in messages and reports. */
  readonly name: string
  /** The file to read: `name` itself, or the spool of a pipe or of a file that had to be rewritten. */
  readonly path: string
  readonly role: 'log' | 'accounts'
  /** Bytes as given, before decompression. */
  readonly bytes: number
  /** Lower-case hex over the bytes as given; resolves beside the scan. */
  readonly sha256: Promise<string>
  /** How `path` is compressed. */
  readonly compression: Compression
  /** How the input was compressed as given; left out when it is the same. A copy in the spool is always compressed. */
  readonly givenCompression?: Compression
  /** Set when the quick reader met what it may read wrongly: the engine then takes each line by itself. */
  readonly isCareful?: boolean
  readonly container: 'ndjson' | 'csv'
  /** `null` unless `container` is `csv`. */
  readonly dialect: CsvDialect | null
  /**
   * First records of the file, for mapping: objects for NDJSON, header-keyed objects for CSV; of a long plain
   * NDJSON file some more from all over it. */
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
