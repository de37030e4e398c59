/** One line of a `--known` file: accounts that somebody answers for. */
export interface Declaration {
  /** The file as named, and its line, 1-based, for messages. */
  readonly path: string
  readonly line: number
  /** What `id` is. An account may not choose either by itself, or it could join the declaration of somebody else. */
  readonly by: 'account_id' | 'organization_id'
  readonly id: string
  /** Who answers for the accounts. */
  readonly owner: string
  readonly reason: string
  /** `YYYY-MM-DD`, the last UTC day on which it holds. */
  readonly expires: string
  /** A name of the user's own for lines that belong together; empty for none. */
  readonly group: string
}
