type Environment = Readonly<Record<string, string | undefined>>

export interface ColorFacts {
  /** `--color` or `--no-color`; `undefined` when neither was given. */
  readonly flag: boolean | undefined
  readonly env: Environment
  /** Whether the report goes to a terminal. */
  readonly isTerminal: boolean
}

/** Whether to colour the report: flag > FORCE_COLOR > NO_COLOR (non-empty) > TERM=dumb > a terminal. */
export function wantsColor({ flag, env, isTerminal }: ColorFacts): boolean {
  if (flag !== undefined) return flag
  const forced = env.FORCE_COLOR
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.TERM === 'dumb') return false
  return isTerminal
}

/** Whether characters outside ASCII can be shown: not on TERM=dumb, and only in a UTF-8 locale. */
export function wantsUnicode(env: Environment, platform: string): boolean {
  if (env.TERM === 'dumb') return false
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((each) => each !== undefined && each !== '')
  if (locale === undefined) return platform === 'win32' // without a locale POSIX means "C"; Windows has none to set
  return /utf-?8/iu.test(locale)
}

const DEFAULT_COLUMNS = 80

/** Columns of the report: the terminal's if it goes there, else COLUMNS if set, else 80. */
export function reportWidth(env: Environment, terminalColumns: number | null): number {
  if (terminalColumns !== null && terminalColumns > 0) return terminalColumns
  const asked = Number(env.COLUMNS)
  return Number.isInteger(asked) && asked > 0 ? asked : DEFAULT_COLUMNS
}
