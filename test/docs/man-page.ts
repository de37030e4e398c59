import { FILE_KEYS } from '../../src/cli/config/keys.ts'
import type { ArgumentDescription, CommandDescription, FlagDescription } from '../../src/cli/describe-program.ts'
import { SETTINGS, type Setting } from '../../src/settings.ts'

/** The man page in roff (man(7)), made from the command definitions. */

interface Sources {
  readonly commands: readonly CommandDescription[]
  /** The text below the help: examples, exit codes, closing words. */
  readonly help: string
  readonly version: string
}

export function manPage({ commands, help, version }: Sources): string {
  const [root, ...rest] = commands
  const named = rest.filter(({ path }) => path[0] !== 'scan')
  return [
    `.\\" Made from the command definitions by "npx vitest run test/docs -u".`,
    `.TH DISTILL\\-SCAN 1 "" "distill\\-scan ${text(version)}" "User Commands"`,
    ...section('NAME', [`distill\\-scan \\- ${text('rank suspected networks of accounts in API logs')}`]),
    ...section('SYNOPSIS', [root!, ...named].flatMap(synopsis).slice(1)),
    ...section('DESCRIPTION', [
      text(root!.description),
      '.PP',
      text(
        'The report goes to standard output, everything else to standard error. It is a list of leads for a person to',
      ),
      text('check, not of verdicts.'),
    ]),
    ...section('OPTIONS', [
      text('Of a scan, which is what the command does unless another command is named first.'),
      ...root!.flags.flatMap(flagLines),
    ]),
    ...section('COMMANDS', named.flatMap(commandLines)),
    ...section('SETTINGS', [
      text('They stand under "settings" in the configuration file; a flag wins.'),
      ...Object.entries(SETTINGS).flatMap(([name, setting]) => settingLines(name, setting)),
    ]),
    ...section('EXIT STATUS', exitLines(help)),
    ...section('FILES', [
      ...term(bold('distill-scan.config.json'), [
        text('Settings, presets, and what stands for flags: '),
        `${Object.keys(FILE_KEYS).map(bold).join(', ')}.`,
        text('It is looked for from the working directory upwards, to the folder that holds .git or to the root.'),
        text(
          'Paths in it are relative to it. It holds data alone. One that was found is refused if it belongs to somebody',
        ),
        text('else or if everybody may change it.'),
      ]),
      ...term(`${italic('prefix')}/lib/node_modules/distill\\-scan/schema/config.schema.json`, [
        text('The rules of that file, for editors.'),
      ]),
    ]),
    ...section('ENVIRONMENT', [
      ...term(bold('NO_COLOR'), [text('Not empty: no colours.')]),
      ...term(bold('FORCE_COLOR'), [text('Not empty: colours, also where no terminal is; 0: none.')]),
      ...term(bold('COLUMNS'), [text('Width of a report that goes to no terminal; 80 without it.')]),
      ...term(`${bold('LC_ALL')}, ${bold('LC_CTYPE')}, ${bold('LANG')}`, [
        text('Outside of UTF-8 the report is ASCII. Nothing else depends on the language.'),
      ]),
      ...term(bold('TMPDIR'), [text('Where to spill, unless --temp-dir says so.')]),
    ]),
    ...section('EXAMPLES', exampleLines(help)),
    '',
  ]
    .filter((line, i, lines) => line !== '' || i === lines.length - 1)
    .join('\n')
}

const section = (title: string, lines: readonly string[]): string[] => [`.SH ${title}`, ...lines]

/** A text that roff prints as it is: escapes, hyphens that can be copied, no line that is taken for a request. */
function text(given: string): string {
  const escaped = given
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll(/[^\x20-\x7e]/gu, (char) => `\\[u${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`)
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped
}

const bold = (given: string): string => `\\fB${text(given)}\\fR`
const italic = (given: string): string => `\\fI${text(given)}\\fR`

/** A term with what is said of it, indented below. */
const term = (head: string, lines: readonly string[]): string[] => ['.TP', head, ...lines]

function synopsis({ path, flags, arguments: given }: CommandDescription): string[] {
  const name = ['distill-scan', ...path].map(bold).join(' ')
  const options = flags.some(({ names }) => !names.includes('--help')) ? ` [${italic('options')}]` : ''
  return ['.PP', `${name}${options}${given.map((each) => ` ${usageOf(each)}`).join('')}`]
}

const usageOf = ({ usage }: ArgumentDescription): string => {
  const [, open, name, close] = /^([[<])(.*)([\]>])$/.exec(usage)!
  return open === '<' ? italic(name!) : `${open}${italic(name!)}${close}`
}

const flagLines = ({ names, placeholder, description, choices, default: value }: FlagDescription): string[] => {
  const behind = placeholder === '' ? '' : ` ${italic(placeholder.replace(/^<(.*)>$/, '$1'))}`
  return term(`${names.map(bold).join(', ')}${behind}`, [
    `${text(sentence(description))}`,
    ...(choices.length === 0 ? [] : [`One of ${choices.map(bold).join(', ')}.`]),
    ...(value === null ? [] : [`Default: ${bold(value)}.`]),
  ])
}

const sentence = (given: string): string => `${given.charAt(0).toUpperCase()}${given.slice(1)}.`

function commandLines(command: CommandDescription): string[] {
  const flags = command.flags.filter(({ names }) => !names.includes('--help'))
  return [
    `.SS ${['distill-scan', ...command.path].map(text).join(' ')}${command.arguments.map((each) => ` ${usageOf(each)}`).join('')}`,
    text(sentence(command.description)),
    ...command.arguments
      .filter(({ choices, description }) => choices.length > 0 || description !== '')
      .flatMap((each) =>
        term(usageOf(each), [
          ...(each.description === '' ? [] : [text(sentence(each.description))]),
          ...(each.choices.length === 0 ? [] : [`One of ${each.choices.map(bold).join(', ')}.`]),
        ]),
      ),
    ...flags.flatMap(flagLines),
  ]
}

function settingLines(name: string, { default: value, unit, least, most, flag, meaning, reason }: Setting): string[] {
  const range = least === undefined ? '' : most === undefined ? `, ${least} or more` : `, ${least} to ${most}`
  const measured = unit === null ? '' : ` (${unit}${range})`
  return term(`${bold(name)}${text(measured)}`, [
    text(sentence(meaning)),
    ...(value === '' ? [] : [`Default: ${bold(String(value))}.`]),
    text(sentence(reason)),
    ...(flag === undefined ? [] : [`Flag: ${bold(flag)}.`]),
  ])
}

/** @throws Error when the help has no such part */
function exitLines(help: string): string[] {
  const codes = [...help.matchAll(/^ {2}(\d+) +(.+)$/gm)].flatMap(([, code, meaning]) =>
    term(bold(code!), [text(sentence(meaning!))]),
  )
  if (codes.length === 0) throw new Error('the help names no exit codes')
  return [...codes, '.PP', text('Errors outrank findings.')]
}

/** @throws Error when the help has no such part */
function exampleLines(help: string): string[] {
  const lines = [...help.matchAll(/^ {2}\$ (.+)$/gm)].map(([, line]) => text(line!))
  if (lines.length === 0) throw new Error('the help has no examples')
  return ['.nf', ...lines, '.fi']
}
