import type { Config } from '../config.ts'
import type { Signal } from '../signals/signal.ts'
import type { Incidence } from './incidence.ts'
import { type LinkWeights, weighValues } from './link-weights.ts'
import { createMeetings, type Meetings } from './meetings.ts'
import { createOnsets, type Onsets } from './onset.ts'

/** What ties between accounts are weighed with, made once for one evidence. */
export interface LinkScales {
  readonly weights: LinkWeights
  readonly onsets: Onsets
  readonly meetings: Meetings
  /** Bits of a link in two families. */
  readonly minBits: number
  /** Bits of a link by cards and devices alone. */
  readonly minInstrumentBits: number
}

export const createLinkScales = (incidence: Incidence, signals: readonly Signal[], config: Config): LinkScales => ({
  weights: weighValues(incidence, signals, config),
  onsets: createOnsets(incidence.tables.accounts),
  meetings: createMeetings(incidence, config),
  minBits: leastLinkBits(incidence.tables.accounts.count, config),
  minInstrumentBits: config.minInstrumentBits,
})

/** Bits that a link must carry: `minLinkBits`, and more among many accounts, so that chance pairs stay rare. */
export const leastLinkBits = (accounts: number, { minLinkBits }: Config): number =>
  Math.max(minLinkBits, Math.log2(Math.max(2, accounts)) + 2)
