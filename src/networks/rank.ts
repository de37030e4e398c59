import { SEVERITIES } from '../model.ts'
import type { NetworkDraft } from './report-network.ts'

const hasConfirmed = ({ review }: NetworkDraft): number => (review !== null && review.confirmed.length > 0 ? 1 : 0)

/**
 * Severity, then whether a review confirmed a member, then score, requests and id: a total order (docs/detection.md,
 * "Rank and identity").
 */
export const rankDrafts = (drafts: readonly NetworkDraft[]): NetworkDraft[] =>
  [...drafts].sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      hasConfirmed(b) - hasConfirmed(a) ||
      b.score - a.score ||
      b.requests - a.requests ||
      (a.id < b.id ? -1 : 1),
  )
