import { ScanError } from '../../errors.ts'

/** What a server can do; older ones lack functions. */
export interface Server {
  readonly version: string
  has(feature: Feature): boolean
}

/** Year and month of the release that brought it, or the first in which it was tried. */
const FEATURES = {
  /** `toUnixTimestamp64Milli`, with the type. */
  dateTime64: [20, 5],
  /** `JSONExtractRaw`, by which a part of a JSON text is found. */
  jsonPaths: [20, 3],
  /** `toJSONString`, also of a list. */
  jsonTexts: [21, 7],
  /** `toValidUTF8`. */
  validTexts: [20, 1],
  /** `translateUTF8`: letters are made small by a table, and not by what the server links with. */
  texts: [22, 11],
  /** A query ends with its connection. */
  cancelOnClose: [20, 3],
} as const satisfies Record<string, readonly [number, number]>

export type Feature = keyof typeof FEATURES

/** The oldest release on which the steps are tested. */
export const OLDEST_SERVER = [18, 16] as const

/** @throws ScanError INPUT_UNREADABLE for a server that is too old, or none */
export function serverOf(version: string): Server {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isAtLeast = ([year, month]: readonly [number, number]): boolean =>
    major > year || (major === year && minor >= month)
  if (!isAtLeast(OLDEST_SERVER)) {
    throw new ScanError(
      'INPUT_UNREADABLE',
      `ClickHouse ${version.slice(0, 30)} is too old: ${OLDEST_SERVER.join('.')} is the oldest server that is supported`,
      'Use a newer server, or export the table and scan the file.',
    )
  }
  return { version, has: (feature) => isAtLeast(FEATURES[feature]) }
}

/** @throws ScanError INPUT_UNREADABLE where the server lacks what a column needs */
export function requireFeature(server: Server, feature: Feature, what: string): void {
  if (server.has(feature)) return
  throw new ScanError(
    'INPUT_UNREADABLE',
    `${what} needs ClickHouse ${FEATURES[feature].join('.')} or later; this is ${server.version}`,
    'Map other columns with --map, or put the part into a column of its own.',
  )
}
