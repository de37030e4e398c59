import { type Dirent, promises as fs } from 'node:fs'
import { join } from 'node:path'

const magic = /[*?[]/

/** Whether the text holds a glob character. */
export const isGlob = (text: string): boolean => magic.test(text)

/**
 * Files that match a glob: `*`, `?`, `[a-z]`, `[!a]` inside one folder, `**` for any number of folders.
 * As in a shell, names that begin with a dot match only a pattern part that does; `**` does not follow links to folders.
 *
 * @returns files only, sorted by code unit, without repeats; a part of the path that does not exist matches nothing
 * @throws the file system's error when a folder cannot be listed, so that nothing is left out silently
 */
export async function expandGlob(pattern: string): Promise<string[]> {
  const root = pattern.startsWith('/') ? '/' : ''
  const parts = pattern.split('/').filter((part) => part !== '')
  const found = new Set<string>()
  await walk(root, parts, found)
  return [...found].sort()
}

async function walk(folder: string, parts: readonly string[], found: Set<string>): Promise<void> {
  const [part, ...rest] = parts
  if (part === undefined) return
  if (part === '**') return walkDeep(folder, rest.length === 0 ? ['*'] : rest, found)
  const isLast = rest.length === 0
  const names = isGlob(part) ? await matching(folder, part) : [part]
  for (const name of names) {
    const path = folder === '' ? name : join(folder, name)
    if (!isLast) await walk(path, rest, found)
    else if (await isReadable(path)) found.add(path)
  }
}

async function walkDeep(folder: string, rest: readonly string[], found: Set<string>): Promise<void> {
  await walk(folder, rest, found)
  for (const entry of await list(folder)) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) {
      await walkDeep(folder === '' ? entry.name : join(folder, entry.name), rest, found)
    }
  }
}

async function matching(folder: string, part: string): Promise<string[]> {
  const pattern = toRegExp(part)
  const showHidden = part.startsWith('.')
  const names = (await list(folder)).map((entry) => entry.name)
  return names.filter((name) => (showHidden || !name.startsWith('.')) && pattern.test(name))
}

async function list(folder: string): Promise<Dirent[]> {
  try {
    return await fs.readdir(folder === '' ? '.' : folder, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

async function isReadable(path: string): Promise<boolean> {
  const stat = await fs.stat(path).catch(() => null)
  return stat !== null && !stat.isDirectory()
}

/** One part of a path as a regular expression; a bracket that is not closed or not a range stands for itself. */
function toRegExp(part: string): RegExp {
  const source = part.replace(/\[[!^]?\]?[^\]]*\]|[\s\S]/g, (token) => {
    if (token === '*') return '[^/]*'
    if (token === '?') return '[^/]'
    return token.length > 1 ? bracket(token) : escapeRegExp(token)
  })
  return new RegExp(`^${source}$`, 's')
}

function bracket(token: string): string {
  const inner = token.slice(1, -1)
  const isNegated = inner.startsWith('!') || inner.startsWith('^')
  const members = (isNegated ? inner.slice(1) : inner).replace(/[\\\]^[]/g, '\\$&')
  const source = `[${isNegated ? '^/' : ''}${members}]`
  try {
    new RegExp(source)
    return source
  } catch {
    return escapeRegExp(token)
  }
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
