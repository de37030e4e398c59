import type { ArgumentDescription, CommandDescription, FlagDescription } from '../describe-program.ts'

/** The script for fish, from 3.0 on. */
export const fishScript = (commands: readonly CommandDescription[]): string => `# fish completion for distill-scan
function __distill_scan_path
  set -l path ''
  set -l words (commandline -opc)
  for word in $words[2..-1]
    switch "$path $word"
      case ${commands
        .filter(({ path }) => path.length > 0)
        .map(({ path }) => quoted(pathOf(path)))
        .join(' ')}
        set path "$path $word"
      case '*'
        break
    end
  end
  echo "$path"
end
function __distill_scan_at
  set -l path (__distill_scan_path)
  test "$path" = "$argv[1]"
end
function __distill_scan_first
  set -l words (commandline -opc)
  __distill_scan_at $argv[1]; and test (count $words) -eq $argv[2]
end
${commands.flatMap(commandLines).join('\n')}
`

const pathOf = (path: readonly string[]): string => path.map((word) => ` ${word}`).join('')

function commandLines(command: CommandDescription): string[] {
  const { path, flags, arguments: given, commands } = command
  const at = `complete -c distill-scan -n ${quoted(`__distill_scan_at ${quoted(pathOf(path))}`)}`
  const firstAt = `__distill_scan_first ${quoted(pathOf(path))} ${path.length + 1}`
  return [
    ...commands.map(
      ({ name, description }) =>
        `complete -c distill-scan -n ${quoted(firstAt)} -a ${quoted(name)} -d ${quoted(description)}`,
    ),
    ...flags.map((flag) => `${at} ${flagWords(flag)} -d ${quoted(flag.description)}`),
    ...given.filter(({ takes }) => takes === 'choice').map(({ choices }) => `${at} -a ${quoted(choices.join(' '))}`),
    ...(given.some(takesPath) ? [] : [`${at} -f`]),
  ]
}

const takesPath = ({ takes }: ArgumentDescription): boolean => takes === 'file' || takes === 'folder'

function flagWords({ names, takes, choices }: FlagDescription): string {
  const called = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ')
  if (takes === 'nothing') return called
  if (takes === 'choice') return `${called} -x -a ${quoted(choices.join(' '))}`
  if (takes === 'folder') return `${called} -x -a '(__fish_complete_directories)'`
  return `${called} ${takes === 'file' ? '-r -F' : '-x'}`
}

/** fish knows two escapes inside single quotes. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
