import type { Family } from '../model.ts'
import { sharedClient } from './client/shared-client.ts'
import { sharedDevice } from './client/shared-device.ts'
import { repeatedPrompt } from './content/repeated-prompt.ts'
import { sharedTemplate } from './content/shared-template.ts'
import { alikeUse } from './lifecycle/alike-use.ts'
import { noRamp } from './lifecycle/no-ramp.ts'
import { roundTheClock } from './lifecycle/round-the-clock.ts'
import { volume } from './lifecycle/volume.ts'
import { networkConcentration } from './network/network-concentration.ts'
import { sharedAddress } from './network/shared-address.ts'
import { binConcentration } from './payment/bin-concentration.ts'
import { issuedCardRuns } from './payment/issued-card-runs.ts'
import { sharedBilling } from './payment/shared-billing.ts'
import { sharedInstrument } from './payment/shared-instrument.ts'
import { identityInjection } from './purpose/identity-injection.ts'
import { reasoningElicitation } from './purpose/reasoning-elicitation.ts'
import { reasoningTags } from './purpose/reasoning-tags.ts'
import { rubricGrading } from './purpose/rubric-grading.ts'
import { traceCleaning } from './purpose/trace-cleaning.ts'
import { traceExtraction } from './purpose/trace-extraction.ts'
import { registrationBurst } from './registration/registration-burst.ts'
import { registrationPattern } from './registration/registration-pattern.ts'
import { sharedRegistration } from './registration/shared-registration.ts'
import type { Signal } from './signal.ts'

/** All signals. Adding one is one file and one line here (CONTRIBUTING.md). */
export const signals: readonly Signal[] = [
  sharedInstrument,
  sharedBilling,
  binConcentration,
  sharedDevice,
  sharedClient,
  sharedAddress,
  networkConcentration,
  sharedRegistration,
  registrationPattern,
  registrationBurst,
  sharedTemplate,
  repeatedPrompt,
  volume,
  roundTheClock,
  noRamp,
  alikeUse,
  issuedCardRuns,
  reasoningElicitation,
  reasoningTags,
  traceExtraction,
  rubricGrading,
  traceCleaning,
  identityInjection,
]

/** Bits that one family can count at most, however many of its signals fire (docs/detection.md, "Rarity"). */
export const FAMILY_CAP_BITS: Readonly<Record<Family, number>> = {
  payment: 14,
  client: 8,
  network: 6,
  registration: 8,
  content: 12,
  timing: 8,
  continuity: 10,
  lifecycle: 4,
  purpose: 12,
}
