import type { Io } from './io.ts'

/** What a command is given beside its arguments. */
export interface CommandContext {
  readonly io: Io
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
}

/** The names of the commands, for suggestions. */
export const COMMANDS = [
  ...[
    'scan',
    'inspect',
    'formats',
    'explain',
    'verify',
    'config',
    'sql',
    'simulate',
    'evaluate',
    'case',
    'completion',
    'help',
  ],
] as const
