import { type Argument, type Command, Help, type Option } from 'commander'

/** What comes behind a flag, or stands as an argument. */
export type Takes = 'nothing' | 'file' | 'folder' | 'choice' | 'text'

export interface FlagDescription {
  /** `-o` and `--output`. */
  readonly names: readonly string[]
  readonly takes: Takes
  /** `<file>`; empty for a switch. */
  readonly placeholder: string
  readonly choices: readonly string[]
  readonly description: string
  /** The default as people write it; `null` without one. */
  readonly default: string | null
}

export interface ArgumentDescription {
  /** `[files...]`. */
  readonly usage: string
  readonly takes: Exclude<Takes, 'nothing'>
  readonly choices: readonly string[]
  readonly description: string
}

/** One command as data: completion scripts and the man page are made from it. */
export interface CommandDescription {
  /** Empty for the program itself, which stands for its default command; `case list` for a command of a command. */
  readonly path: readonly string[]
  readonly description: string
  readonly flags: readonly FlagDescription[]
  readonly arguments: readonly ArgumentDescription[]
  /** Names of the commands one step down, with what each does. */
  readonly commands: readonly { readonly name: string; readonly description: string }[]
}

const HELP = { name: 'help', description: 'print the help of a command' }

/**
 * All commands of a program, the program itself first, each command before those below it.
 *
 * @param standsFor the name of the default command, whose flags and arguments the program takes as well
 */
export function describeProgram(program: Command, standsFor: string): readonly CommandDescription[] {
  const [root, ...rest] = describe(program, [])
  const same = rest.find(({ path }) => path[0] === standsFor)!
  const flags = [...same.flags, ...root!.flags.filter(({ names }) => names.at(-1) !== '--help')]
  return [{ ...root!, flags, arguments: same.arguments, commands: [...root!.commands, HELP] }, ...rest, helpOf(root!)]
}

/** commander's own command for help, which it does not list. */
const helpOf = ({ commands }: CommandDescription): CommandDescription => ({
  ...{ path: [HELP.name], description: HELP.description, flags: [], commands: [] },
  arguments: [{ usage: '[command]', takes: 'choice', choices: commands.map(({ name }) => name), description: 'which' }],
})

function describe(command: Command, path: readonly string[]): CommandDescription[] {
  const below = command.commands.map((each) => ({ name: each.name(), description: each.description() }))
  const own: CommandDescription = {
    path,
    description: command.description(),
    flags: new Help().visibleOptions(command).map(describeFlag),
    arguments: command.registeredArguments.map(describeArgument),
    commands: below,
  }
  return [own, ...command.commands.flatMap((each) => describe(each, [...path, each.name()]))]
}

function describeFlag(option: Option): FlagDescription {
  const { short, long, flags, argChoices = [], description, defaultValue } = option
  const placeholder = /[<[].*$/u.exec(flags)?.[0] ?? ''
  return {
    names: [short, long].filter((name) => name !== undefined),
    takes: placeholder === '' ? 'nothing' : takesOf(placeholder, argChoices),
    placeholder,
    choices: argChoices,
    description,
    default: placeholder === '' || defaultValue === undefined ? null : String(defaultValue),
  }
}

function describeArgument(argument: Argument): ArgumentDescription {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  const { argChoices = [], description, required } = argument
  return {
    usage: required ? `<${name}>` : `[${name}]`,
    takes: takesOf(`<${name}>`, argChoices),
    choices: argChoices,
    description,
  }
}

/** The placeholder says what is meant: `<file>`, `[files...]` and `<report>` are files. */
function takesOf(placeholder: string, choices: readonly string[]): ArgumentDescription['takes'] {
  if (choices.length > 0) return 'choice'
  if (/^<(?:files?|report)(?:\.\.\.)?>$/u.test(placeholder)) return 'file'
  return placeholder === '<folder>' ? 'folder' : 'text'
}
