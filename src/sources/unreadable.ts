import { ScanError } from '../errors.ts'
import { printable } from './printable.ts'

/** The user's error for a file that the system does not let us read. */
export function unreadable(path: string, error: unknown): ScanError {
  const code = (error as NodeJS.ErrnoException)?.code
  const isDenied = code === 'EACCES' || code === 'EPERM'
  return new ScanError(
    'INPUT_UNREADABLE',
    `cannot read '${printable(path)}': ${isDenied ? 'permission denied' : (code ?? 'it failed while being read')}`,
    isDenied ? 'Ask for read permission, or copy the file to where you have it.' : 'Check the file and its disk.',
    { cause: error },
  )
}
