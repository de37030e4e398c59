import type { ArgumentDescription, CommandDescription, FlagDescription } from '../describe-program.ts'

/** The script for zsh, to be sourced after `compinit`, or put as `_distill-scan` into a folder of `fpath`. */
export const zshScript = (commands: readonly CommandDescription[]): string => `#compdef distill-scan
# zsh completion for distill-scan
${commands.map(commandFunction).join('\n')}
if [[ $funcstack[1] == _distill-scan ]]; then _distill_scan "$@"; else compdef _distill_scan distill-scan; fi
`

const nameOf = (path: readonly string[]): string => ['_distill_scan', ...path].join('_').replaceAll('-', '_')

function commandFunction({ path, flags, arguments: given, commands }: CommandDescription): string {
  const below = commands.map(({ name, description }) => quoted(`${name}:${description.replaceAll(':', '\\:')}`))
  const descent = commands.map(
    ({ name }) => `      ${name}) shift words; ((CURRENT--)); ${nameOf([...path, name])}; return ;;`,
  )
  const first = given[0]
  const firstAction = first === undefined ? '' : actionOf(first)
  const specs = [
    ...flags.flatMap(flagSpecs),
    ...(commands.length === 0 ? given.map(argumentSpec) : ["'1: :->first'", ...given.map(argumentSpec)]),
  ]
  const lines = [
    `${nameOf(path)}() {`,
    ...(commands.length === 0
      ? []
      : [
          '  local state line',
          '  typeset -A opt_args',
          '  if ((CURRENT > 2)); then',
          '    case $words[2] in',
          ...descent,
          '    esac',
          '  fi',
          `  local -a commands=(${below.join(' ')})`,
        ]),
    `  _arguments -S${commands.length === 0 ? '' : ' -C'} : ${specs.join(' \\\n    ')}`,
    ...(commands.length === 0
      ? []
      : [`  if [[ $state == first ]]; then ((CURRENT == 2)) && _describe command commands; ${firstAction || ':'}; fi`]),
    '}',
  ]
  return lines.join('\n')
}

/** One specification for each name; a flag with a value may come again. */
const flagSpecs = ({ names, description, placeholder, ...value }: FlagDescription): string[] =>
  names.map((name) => {
    const told = `[${inBrackets(description)}]`
    if (value.takes === 'nothing') return quoted(`${name}${told}`)
    const glue = name.startsWith('--') ? '=' : '+'
    return quoted(`*${name}${glue}${told}:${inBrackets(placeholder.replaceAll(/[<>]/gu, ''))}:${actionOf(value)}`)
  })

const argumentSpec = (argument: ArgumentDescription, i: number): string => {
  const place = argument.usage.includes('...') ? '*' : String(i + 1)
  return quoted(`${place}:${inBrackets(argument.usage.replaceAll(/[[\]<>.]/gu, ''))}:${actionOf(argument)}`)
}

function actionOf({ takes, choices }: Pick<FlagDescription | ArgumentDescription, 'takes' | 'choices'>): string {
  if (takes === 'choice') return `(${choices.join(' ')})`
  if (takes === 'file') return '_files'
  return takes === 'folder' ? '_files -/' : ' '
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const inBrackets = (text: string): string => text.replaceAll(/[\\[\]:]/gu, '\\$&')
