import { lstat, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ScanError } from '../../errors.ts'
import { CONFIG_NAME } from './file.ts'

/**
 * The nearest file of that name, from a folder upwards. The last folder that is looked at is the one that holds `.git`, as
 * the top of a project, or the root of the file system.
 *
 * A file that was found, not named, may have been put there by somebody else. So one that others own or may write is
 * refused; who trusts it names it.
 *
 * @param from an absolute path
 * @param uid the user's number; `undefined` where there is none (Windows), and then only the name counts
 * @returns its absolute path, `null` if there is none
 * @throws ScanError CONFIG_INVALID
 */
export async function findConfigFile(from: string, uid = process.getuid?.()): Promise<string | null> {
  const path = join(from, CONFIG_NAME)
  const file = await stat(path).catch(() => null)
  if (file?.isFile()) {
    if (uid !== undefined) checkOwner(path, uid, [file, await lstat(path)])
    return path
  }
  const isTop = (await lstat(join(from, '.git')).catch(() => null)) !== null
  return isTop || dirname(from) === from ? null : findConfigFile(dirname(from), uid)
}

/** @param files the link and what it points to, or twice the same */
function checkOwner(
  path: string,
  uid: number,
  files: readonly { readonly uid: number; readonly mode: number }[],
): void {
  const isStranger = files.some((file) => file.uid !== uid && file.uid !== 0)
  const isOpen = (files[0]!.mode & 0o002) !== 0
  if (!isStranger && !isOpen) return
  const why = isStranger ? 'belongs to somebody else' : 'can be changed by everybody'
  throw new ScanError(
    'CONFIG_INVALID',
    `configuration: '${path}' was found and ${why}`,
    'If you trust it, name it with --config; if not, add --no-config.',
  )
}
