/** A text of the user's, and what messages call it. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

/** Where something is wrong, and what. */
export interface Problem {
  readonly name: string
  /** 1-based. */
  readonly line: number
  /** What follows the place, without content of the file. */
  readonly what: string
}

/** `known.csv:12`. */
export const placeOf = ({ name, line }: Omit<Problem, 'what'>): string => `${name}:${line}`
