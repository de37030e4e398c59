import type { ArgumentDescription, CommandDescription, FlagDescription } from '../describe-program.ts'

/** The script for bash, from 3.2 on; it needs nothing but bash and starts no process at the Tab key. */
export const bashScript = (commands: readonly CommandDescription[]): string => `# bash completion for distill-scan
_distill_scan_words() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$1" -- "$cur")
}
_distill_scan_files() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$cur")
}
_distill_scan() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' i
  COMPREPLY=()
  # bash parts --flag=value at the sign
  if [[ $cur == '=' ]]; then cur=''
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${commands
        .filter(({ path }) => path.length > 0)
        .map(pattern)
        .join('|')}) path="$path \${COMP_WORDS[i]}" ;;
      *) break ;;
    esac
  done
  case "$path" in
${commands.map(commandCase).join('\n')}
  esac
}
complete -o filenames -F _distill_scan distill-scan
`

/** As the walk above writes it: every word with a blank before it. */
const pattern = ({ path }: Pick<CommandDescription, 'path'>): string => `'${path.map((word) => ` ${word}`).join('')}'`

function commandCase(command: CommandDescription): string {
  const { path, flags, commands } = command
  const valued = flags.filter(({ takes }) => takes !== 'nothing')
  const lines = [
    `    ${pattern({ path })})`,
    ...(valued.length === 0 ? [] : ['      case "$prev" in', ...valued.map(flagCase), '      esac']),
    `      if [[ $cur == -* ]]; then _distill_scan_words '${flags.flatMap(({ names }) => names).join(' ')}'; return; fi`,
    ...(commands.length === 0
      ? []
      : [
          `      if ((COMP_CWORD == ${path.length + 1})); then _distill_scan_words '${commands.map(({ name }) => name).join(' ')}'; fi`,
        ]),
    ...distinct(command.arguments.flatMap(offered)).map((line) => `      ${line}`),
    '      ;;',
  ]
  return lines.join('\n')
}

const distinct = (lines: readonly string[]): readonly string[] => [...new Set(lines)]

const flagCase = (flag: FlagDescription): string =>
  `        ${flag.names.join('|')}) ${[...offered(flag), 'return'].join('; ')} ;;`

/** The command that offers values; none for what only the user can know. */
function offered({ takes, choices }: Pick<FlagDescription | ArgumentDescription, 'takes' | 'choices'>): string[] {
  if (takes === 'choice') return [`_distill_scan_words '${choices.join(' ')}'`]
  if (takes === 'file') return ['_distill_scan_files -f']
  return takes === 'folder' ? ['_distill_scan_files -d'] : []
}
