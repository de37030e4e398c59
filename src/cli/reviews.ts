import { EXIT, ScanError } from '../errors.ts'
import type { ScanResult } from '../model.ts'
import type { Statements } from '../networks/review.ts'
import { safeText } from '../report/safe-text.ts'
import { expiryWords } from '../report/table/review-words.ts'
import type { NamedText } from '../review/place.ts'
import { STDIN } from '../sources/resolve.ts'
import type { CommandContext } from './context.ts'
import type { ReviewFlags } from './options.ts'
import { readInput } from './read-input.ts'

/**
 * What `--known` and `--labels` name. The readers are loaded for those who have such files.
 *
 * @throws ScanError USAGE for standard input, INPUT_NOT_FOUND, INPUT_UNREADABLE, CONFIG_INVALID for lines that are wrong
 */
export async function readReviews(flags: ReviewFlags, context: CommandContext): Promise<Statements> {
  const known = await readAll('--known', flags.known ?? [], context)
  const labels = await readAll('--labels', flags.labels ?? [], context)
  return {
    ...(known.length > 0 && { known: (await import('../review/known.ts')).parseKnown(known) }),
    ...(labels.length > 0 && { labels: (await import('../review/labels.ts')).parseDecisions(labels) }),
  }
}

async function readAll(flag: string, names: readonly string[], { io, signal }: CommandContext): Promise<NamedText[]> {
  const files: NamedText[] = []
  for (const name of names) {
    if (name === STDIN) throw new ScanError('USAGE', `${flag}: standard input is for logs`, 'Name a file.')
    if (files.some((file) => file.name === name))
      throw new ScanError('USAGE', `${flag}: '${name}' is named twice`, 'Name it once.')
    files.push({ name, text: await readInput(name, { io, signal, example: `${flag.slice(2)}.csv` }) })
  }
  return files
}

/** What is said on standard error, also with `--quiet`, of declarations that have ended and still matter. */
export function renderExpired({ expiredDeclarations: expired }: ScanResult): string {
  if (expired.length === 0) return ''
  const lines = expired.map(
    (each) => `distill-scan: ${expiryWords(each, (value) => safeText(value, { maxLength: 300 }))}`,
  )
  const hint = '  It hides nothing any more: renew its date, or delete the line.'
  return [...lines, hint].map((text) => `${safeText(text, { maxLength: 2000 })}\n`).join('')
}

/** A declaration that has ended and still matters is an error, whatever else was found. */
export const exitCodeWith = ({ expiredDeclarations }: ScanResult, code: number): number =>
  expiredDeclarations.length > 0 ? EXIT.cannotRun : code
