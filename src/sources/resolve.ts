import { type BigIntStats, promises as fs, constants as fsConstants } from 'node:fs'
import { ScanError } from '../errors.ts'
import { expandGlob, isGlob } from './glob.ts'
import { printable } from './printable.ts'
import { unreadable } from './unreadable.ts'

/** The name that stands for standard input. */
export const STDIN = '-'

export interface ResolvedInputs {
  /** Files in the order given, globs expanded in sorted order; `-` for standard input. */
  readonly paths: readonly string[]
  /** Those of them that were found in a folder. */
  readonly found: ReadonlySet<string>
  /** One sentence each, such as a file that was named twice. */
  readonly warnings: readonly string[]
}

/**
 * The files that the names on the command line stand for. A file that exists under the literal name wins over a glob. A
 * folder stands for all files below it but those whose name, or whose folder's name, begins with a dot.
 * A file that is reached twice (also through a link) is kept once, with a warning.
 *
 * @throws ScanError INPUT_NOT_FOUND for a missing file or a glob without a match, INPUT_EMPTY for a folder without
 *   files, INPUT_UNREADABLE for a socket or a file without permission, USAGE for a second `-`
 */
export async function resolveInputs(names: readonly string[]): Promise<ResolvedInputs> {
  const paths: string[] = []
  const warnings: string[] = []
  const firstByFile = new Map<string, string>()
  const found = new Set<string>()
  for (const name of names) {
    if (name === STDIN) {
      if (paths.includes(STDIN)) throw new ScanError('USAGE', "standard input ('-') is named twice", 'Name it once.')
      paths.push(STDIN)
      continue
    }
    for (const { path, stat, isFound } of await expand(name)) {
      const file = `${stat.dev}:${stat.ino}`
      const first = firstByFile.get(file)
      if (first !== undefined) {
        warnings.push(`'${printable(path)}' is the same file as '${printable(first)}': read once`)
        continue
      }
      firstByFile.set(file, path)
      if (isFound) found.add(path)
      paths.push(path)
    }
  }
  return { paths, found, warnings }
}

interface Found {
  readonly path: string
  readonly stat: BigIntStats
  /** In a folder that was named. */
  readonly isFound: boolean
}

async function expand(name: string): Promise<Found[]> {
  const literal = await statOf(name)
  if (literal !== null) return literal.isDirectory() ? filesBelow(name) : [await checked(name, literal)]
  if (!isGlob(name)) {
    throw new ScanError('INPUT_NOT_FOUND', `no such file: '${printable(name)}'`, 'Check the name and the folder.')
  }
  const matches = await expandGlob(name).catch((error) => {
    throw unreadable(name, error)
  })
  if (matches.length === 0) {
    throw new ScanError('INPUT_NOT_FOUND', `no file matches '${printable(name)}'`, 'Check the pattern and the folder.')
  }
  const found: Found[] = []
  for (const path of matches) {
    const stat = await statOf(path)
    if (stat !== null) found.push(await checked(path, stat))
  }
  return found
}

/** All files below a folder, sorted by path. */
async function filesBelow(folder: string): Promise<Found[]> {
  const base = folder.replace(/(?<=.)\/+$/, '')
  const paths = await expandGlob(`${escapeGlob(base)}/**`).catch((error) => {
    throw unreadable(folder, error)
  })
  const found: Found[] = []
  for (const path of paths) {
    const stat = await statOf(path)
    if (stat?.isFile()) found.push({ ...(await checked(path, stat)), isFound: true })
  }
  if (found.length > 0) return found
  throw new ScanError('INPUT_EMPTY', `the folder '${printable(base)}' holds no files`, 'Name one that holds logs.')
}

/** A folder's name is no pattern. */
const escapeGlob = (path: string): string => path.replace(/[*?[]/g, (special) => `[${special}]`)

async function statOf(path: string): Promise<BigIntStats | null> {
  try {
    return await fs.stat(path, { bigint: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null
    throw unreadable(path, error)
  }
}

async function checked(path: string, stat: BigIntStats): Promise<Found> {
  if (stat.isSocket()) throw new ScanError('INPUT_UNREADABLE', `'${printable(path)}' is a socket`, 'Name a file.')
  await fs.access(path, fsConstants.R_OK).catch((error) => {
    throw unreadable(path, error)
  })
  return { path, stat, isFound: false }
}
