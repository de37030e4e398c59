import { EXIT } from '../errors.ts'
import { version } from '../version.ts'
import { type Io, processIo } from './io.ts'

/**
 * Runs one command line.
 *
 * @param argv arguments without node and script
 * @param io streams and terminal facts; tests pass their own
 * @returns the process exit code, see {@link EXIT}; never throws
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const isVersion = argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')
  if (isVersion && (await saysVersion(io))) return EXIT.ok
  return (await import('./run-program.ts')).runProgram(argv, io)
}

/**
 * What scripts ask before they begin is answered before the command line is built, which would take as long again.
 *
 * @returns false if it could not be written: the whole program says why
 */
async function saysVersion(io: Io): Promise<boolean> {
  try {
    await io.out(`${version}\n`)
    io.close()
    return true
  } catch {
    return false
  }
}
