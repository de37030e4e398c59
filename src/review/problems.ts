import { ScanError } from '../errors.ts'
import { type Problem, placeOf } from './place.ts'

/** Places that one message names: who has more has made one mistake many times. */
const MAX_NAMED = 20

/** @throws ScanError CONFIG_INVALID that names all of the problems at once, if there is one */
export function requireNone(problems: readonly Problem[], flag: string, hint: string): void {
  if (problems.length === 0) return
  const named = problems.slice(0, MAX_NAMED).map((problem) => `${placeOf(problem)} ${problem.what}`)
  const rest = problems.length - named.length
  const more = rest > 0 ? `; and ${rest} more` : ''
  throw new ScanError('CONFIG_INVALID', `${flag}: ${named.join('; ')}${more}`, hint)
}
