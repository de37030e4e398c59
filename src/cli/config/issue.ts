import { nearestName } from '../../formats/nearest.ts'

/** Something that is wrong with a configuration file. */
export interface Issue {
  /** Where, such as `presets[0].detect.all`; empty for the whole. */
  readonly path: string
  /** Follows the path in a sentence. */
  readonly problem: string
}

/** A key as a path; what is no plain name, or an index, stands in brackets. */
export function pathOf(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[\w$-]+$/u.test(key) ? key : `[${JSON.stringify(key)}]`
}

/** One path after another: `settings` and `threads` are `settings.threads`. */
export const joined = (path: string, further: string): string =>
  path === '' || further === '' || further.startsWith('[') ? path + further : `${path}.${further}`

/** `is no setting`, and the nearest name that there is, else all of them. */
export function unknownName(what: string, given: string, names: readonly string[]): string {
  const near = nearestName(given, names)
  const few = names.length <= 12 ? `; there are ${names.join(', ')}` : ''
  return `is no ${what}${near === null ? few : `; did you mean '${near}'?`}`
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
