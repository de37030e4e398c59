import type { Confidence, Network } from '../../model.ts'

/**
 * Middle of the bands low (1 to 29), medium (30 to 69) and high (70 to 100) of the confidence scale "None, Low, Med, High".
 * Source: OASIS STIX 2.1 (10 June 2021), appendix A.
 */
const CONFIDENCE = { low: 15, moderate: 50, high: 85 } as const satisfies Record<Confidence, number>

/** From 0 to 100: how good the evidence is, not how likely the finding. */
export const confidenceOf = ({ confidence }: Pick<Network, 'confidence'>): number => CONFIDENCE[confidence]
