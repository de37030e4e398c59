import type { ScanResult } from '../../model.ts'
import { withoutNewsWords } from '../change-words.ts'
import type { ReportStyle } from '../renderer.ts'
import { plural } from './words.ts'

/** How much was left out, and why. */
export function notShownWords(result: ScanResult, style: ReportStyle): string[] {
  const { omitted, networks } = result
  if (omitted.networks === 0) return []
  const what = `${plural(omitted.networks, 'network')} with ${plural(omitted.accounts, 'account')}`
  const isFull = style.top !== null && networks.length >= style.top
  const withoutNews = withoutNewsWords(result)
  if (withoutNews !== null) return [what, withoutNews]
  if (isFull) return [`${what}, past --top ${style.top} or below severity ${style.minSeverity}`]
  return [`${what} below severity ${style.minSeverity}; --min-severity low shows them`]
}
