import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { bashScript } from './completion/bash.ts'
import { fishScript } from './completion/fish.ts'
import { zshScript } from './completion/zsh.ts'
import type { CommandContext } from './context.ts'
import { describeProgram } from './describe-program.ts'

/** The shells with a script. */
export const completionScripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const

/**
 * `distill-scan completion SHELL`: prints a script that completes commands, flags, their values and files.
 *
 * @param program the whole command line, from whose definitions the script is made
 * @returns 0
 */
export async function runCompletion(
  shell: keyof typeof completionScripts,
  program: Command,
  { io }: CommandContext,
): Promise<number> {
  await io.out(completionScripts[shell](describeProgram(program, 'scan')))
  return EXIT.ok
}
