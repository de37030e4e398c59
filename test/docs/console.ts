import { type Finished, runLine } from './pages.ts'

/** One command of a console block, as it stands there, with the line it goes on. */
export interface Command {
  /** Lines as printed, the prompt left out. */
  readonly text: string
  /** Whether it is a remark and runs nothing. */
  readonly isComment: boolean
}

const PROMPT = '$ '

/** The commands of a console block: what follows a prompt, and the indented lines below it. */
export function consoleCommands(block: string): readonly Command[] {
  const commands: string[] = []
  let isOpen = false
  for (const line of block.split('\n')) {
    if (line.startsWith(PROMPT)) {
      commands.push(line.slice(PROMPT.length))
      isOpen = true
    } else if (isOpen && line.startsWith('    ')) {
      commands.push(`${commands.pop()}\n${line}`)
    } else {
      isOpen = false
    }
  }
  return commands.map((text) => ({ text, isComment: text.startsWith('#') }))
}

/** Runs a command; the reports that it names without a folder are in `folder`. */
export function runConsole({ text }: Command, folder: string): Promise<Finished> {
  const line = text
    .replaceAll(/\b(?:yesterday|report)\.json\b/g, (name) => `${folder}/${name}`)
    .replaceAll(/(?<=^|\| )distill-scan\b/gm, 'npx distill-scan')
  return runLine(line)
}

/**
 * The block with every output made again, in the order of the commands, since later ones read what earlier ones wrote.
 *
 * @throws Error for a command that fails
 */
export async function rerun(block: string, folder: string): Promise<string> {
  const lines: string[] = []
  for (const command of consoleCommands(block)) {
    lines.push(`${PROMPT}${command.text}\n`)
    if (command.isComment) continue
    const { stdout, stderr, code } = await runConsole(command, folder)
    if (code !== 0) throw new Error(`exit ${code} of ${command.text}\n${stderr}`)
    lines.push(stdout)
  }
  return lines.join('')
}
