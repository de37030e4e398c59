import type { ScanResult } from '../../model.ts'
import { withoutNewsWords } from '../change-words.ts'
import type { ReportStyle } from '../renderer.ts'
import { plural } from './words.ts'

/** How much was left out, and why: by the limits, and with `--since-last` for want of news. */
export function notShownWords({ omitted, networks }: ScanResult, style: ReportStyle): string[] {
  if (omitted.networks === 0) return []
  const what = `${plural(omitted.networks, 'network')} with ${plural(omitted.accounts, 'account')}`
  const isFull = style.top !== null && networks.length >= style.top
  const limits = `${isFull ? `past --top ${style.top} or ` : ''}below severity ${style.minSeverity}`
  const withoutNews = withoutNewsWords({ omitted }, limits)
  if (withoutNews !== null) return [`${what}: ${withoutNews}`]
  return [isFull ? `${what}, ${limits}` : `${what} ${limits}; --min-severity low shows them`]
}
