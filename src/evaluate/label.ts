/** What an account really is. `abuse` is one hand without extraction, such as trial credits taken many times. */
export const LABEL_CLASSES = ['fraud', 'abuse', 'innocent'] as const
export type LabelClass = (typeof LABEL_CLASSES)[number]

/** The truth about one account. */
export interface Label {
  readonly accountId: string
  /** Name of the group it belongs to; empty for an account in no group. */
  readonly network: string
  readonly class: LabelClass
  /** Kind of campaign or of innocence, free text; empty if the labels have none. */
  readonly kind: string
}
