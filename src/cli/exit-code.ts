import { EXIT } from '../errors.ts'
import type { ScanResult, Severity } from '../model.ts'
import { rejectRate } from '../reject-rate.ts'
import { reaches } from '../report/limit.ts'
import { isNews } from '../report/news.ts'

export interface ExitRules {
  /** Exit 1 if a network is of this severity or above and, after an earlier report, is news; `null` never to. */
  readonly failOn: Severity | null
  /** Share of unreadable records in [0, 1] above which the report counts as incomplete. */
  readonly maxRejectRate: number
}

/** The exit code of a finished scan, judged on the full result. An incomplete report outranks findings. */
export function exitCodeOf(result: ScanResult, { failOn, maxRejectRate }: ExitRules): number {
  if (rejectRate(result.inputs) > maxRejectRate) return EXIT.incomplete
  const isReached =
    failOn !== null && result.networks.some((network) => isNews(network) && reaches(network.severity, failOn))
  return isReached ? EXIT.findings : EXIT.ok
}
