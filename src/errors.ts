/** Process exit codes (README, "Exit codes"). Errors outrank findings: 70 > 2 > 3 > 1 > 0. */
export const EXIT = {
  ok: 0,
  findings: 1,
  cannotRun: 2,
  incomplete: 3,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const

const exitCodes = {
  USAGE: EXIT.cannotRun,
  CONFIG_INVALID: EXIT.cannotRun,
  INPUT_NOT_FOUND: EXIT.cannotRun,
  INPUT_EMPTY: EXIT.cannotRun,
  INPUT_UNREADABLE: EXIT.cannotRun,
  INPUT_UNMAPPED: EXIT.cannotRun,
  OUTPUT_UNWRITABLE: EXIT.cannotRun,
  OUT_OF_MEMORY: EXIT.cannotRun,
  OUT_OF_DISK: EXIT.cannotRun,
  CASE_BUSY: EXIT.cannotRun,
  CASE_UNREADABLE: EXIT.cannotRun,
  INTERRUPTED: EXIT.interrupted,
} as const

/** Stable names of the failures a user can act on. */
export type ScanErrorCode = keyof typeof exitCodes

/**
 * A failure the user can act on: `message` says what is wrong with which input, `hint` what to do next.
 * Everything else that is thrown is a bug and exits 70. Neither text ever holds row content.
 */
export class ScanError extends Error {
  override readonly name = 'ScanError'
  readonly code: ScanErrorCode
  readonly exitCode: number
  /** One imperative sentence: what to do next. */
  readonly hint: string
  /** One line each, where several things are wrong at once. */
  readonly details: readonly string[]

  constructor(
    code: ScanErrorCode,
    message: string,
    hint: string,
    options: ErrorOptions & { readonly details?: readonly string[] } = {},
  ) {
    super(message, options)
    this.details = options.details ?? []
    this.code = code
    this.exitCode = exitCodes[code]
    this.hint = hint
  }
}
