import { type Command, Option } from 'commander'
import type { ConfigFile } from './config/file.ts'
import { type CommonFlags, declareMachine, pseudonyms } from './options.ts'

export interface VerifyFlags extends CommonFlags {
  /** Compare the bytes of the inputs, and read nothing again. */
  readonly inputsOnly?: boolean
  /** A file with the user's presets. */
  readonly config?: string
  readonly configFile?: ConfigFile
  /** A file with the key of the report's pseudonyms. */
  readonly pseudonymize?: string
  readonly format: 'table' | 'json'
  readonly output?: string
  readonly memory?: number
  readonly threads?: number
  readonly tempDir?: string
}

/** Declares the flags of `verify`: settings and reading are those of the report. */
export function declareVerify(command: Command): Command {
  return declareMachine(
    command
      .argument('<report>', 'JSON report of a scan (--format json); - is standard input')
      .argument('[files...]', 'its inputs, side files too, under any name: files, folders or globs')
      .option('--inputs-only', 'compare the bytes of the inputs, and read nothing again')
      .option('--config <file>', 'JSON file with the presets of your own that the report was made with')
      .addOption(pseudonyms())
      .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
      .option('-o, --output <file>', 'write the answer to a file, whole or not at all; - is standard output')
      .option('--color', 'colour the answer whatever the terminal')
      .option('--no-color', 'never colour the answer'),
  )
    .option('--quiet', 'nothing on standard error but errors')
    .option('--verbose', 'settings and all named rejects on standard error')
}
