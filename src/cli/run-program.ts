import { type Command, CommanderError } from 'commander'
import { EXIT, ScanError } from '../errors.ts'
import { safeText } from '../report/safe-text.ts'
import type { Io } from './io.ts'
import { buildProgram, type Outcome, SHORT_HELP } from './program.ts'
import { type Interrupts, watchInterrupts } from './signals.ts'

/**
 * Runs one command line by the whole program. The only place where outcomes become exit codes.
 *
 * @param argv arguments without node and script
 * @returns the process exit code, see {@link EXIT}; never throws
 */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length === 0) {
    io.err(SHORT_HELP)
    return EXIT.cannotRun
  }
  const outcome: Outcome = { exitCode: EXIT.ok, texts: [] }
  const interrupts = watchInterrupts()
  const program = buildProgram({ io, signal: interrupts.signal }, outcome)
  try {
    try {
      await program.parseAsync([...argv], { from: 'user' })
    } catch (error) {
      if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error
    }
    await io.out(outcome.texts.join('')) // help or version
    return outcome.exitCode
  } catch (error) {
    return report(error, { io, interrupts, command: commandOf(program, argv) })
  } finally {
    interrupts.dispose()
    io.close()
  }
}

interface Failing {
  readonly io: Io
  readonly interrupts: Interrupts
  /** The one that was called; the program for a scan. */
  readonly command: Command
}

/** The default command goes without its name, and its flags are in the program's help. */
function commandOf(program: Command, [first]: readonly string[]): Command {
  return program.commands.find((each) => each.name() === first && first !== 'scan') ?? program
}

function report(error: unknown, { io, interrupts, command }: Failing): number {
  const interrupted = interrupts.exitCode()
  if (interrupted !== null) {
    const isTold = error instanceof ScanError && error.code === 'INTERRUPTED' && error.message !== 'interrupted'
    io.err(isTold ? oneLine(error.message, error.hint) : 'distill-scan: interrupted, no whole report was written\n')
    return interrupted
  }
  if (error instanceof CommanderError) {
    io.err(oneLine(...usageError(error.message, command)))
    return EXIT.cannotRun
  }
  if (error instanceof ScanError) {
    io.err(oneLine(error.message, error.hint, error.details))
    return error.exitCode
  }
  io.err(`distill-scan: internal error, please report it\n${error instanceof Error ? error.stack : String(error)}\n`)
  return EXIT.internal
}

/** A message, below it what belongs to it, and what to do next; names of files and columns may be hostile. */
const oneLine = (message: string, hint: string, details: readonly string[] = []): string =>
  `distill-scan: ${[message, ...details, hint].map((line) => safeText(line, { maxLength: 2000 })).join('\n  ')}\n`

/** commander's `error: unknown option '--tpo'\n(Did you mean --top?)` as a message and a hint. */
function usageError(text: string, command: Command): readonly [string, string] {
  const [first = '', ...rest] = text.replace(/^error: /u, '').split('\n')
  const suggestion = rest
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/u, '$1')
  if (suggestion !== '' && knowsAll(command, suggestion)) return [first, suggestion]
  const [, problem, remedy] = /^(.* is invalid\.) (.+)$/u.exec(first) ?? []
  if (problem !== undefined && remedy !== undefined) return [problem.slice(0, -1), remedy]
  return [first, `See ${command.parent === null ? 'distill-scan' : `distill-scan ${command.name()}`} --help.`]
}

/** commander also suggests flags of the program, which a command need not have: `--verbose` for `evaluate --verbose`. */
function knowsAll(command: Command, suggestion: string): boolean {
  const flags = suggestion.match(/--[\w-]+/gu) ?? []
  return command.parent === null || flags.every((flag) => command.options.some(({ long }) => long === flag))
}
