import { type ScanResult, SEVERITIES, type Severity } from '../model.ts'
import { isNews } from './news.ts'

export interface Limits {
  /** The lowest severity that is shown. */
  readonly minSeverity: Severity
  /** Networks shown at most, best first; `null` for all. */
  readonly top: number | null
  /** Only networks that are new, grown, merged or split. */
  readonly onlyNews?: boolean
}

/** Whether `severity` is `least` or above. */
export const reaches = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least)

/** The result with only the networks that the limits let through, and the rest counted in `omitted`. */
export function limit(result: ScanResult, { minSeverity, top, onlyNews = false }: Limits): ScanResult {
  const news = onlyNews ? result.networks.filter(isNews) : result.networks
  const eligible = news.filter((network) => reaches(network.severity, minSeverity))
  const shown = top === null ? eligible : eligible.slice(0, top)
  const kept = new Set(shown)
  const left = result.networks.filter((network) => !kept.has(network))
  return {
    ...result,
    networks: shown,
    omitted: {
      ...result.omitted,
      networks: result.omitted.networks + left.length,
      accounts: result.omitted.accounts + left.reduce((sum, network) => sum + network.accountCount, 0),
      unchanged: result.omitted.unchanged + result.networks.length - news.length,
    },
  }
}
