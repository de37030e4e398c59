import { ScanError } from '../errors.ts'
import { adaptive } from './campaigns/adaptive.ts'
import { chain } from './campaigns/chain.ts'
import { crew } from './campaigns/crew.ts'
import { hydra } from './campaigns/hydra.ts'
import { pipeline } from './campaigns/pipeline.ts'
import { pivot } from './campaigns/pivot.ts'
import { relay } from './campaigns/relay.ts'
import { reseller } from './campaigns/reseller.ts'
import { company, undeclaredCompany } from './innocent/company.ts'
import { classroom, hackathon, migration, outage, releaseDay } from './innocent/events.ts'
import { ciFarm, cronFleet, evaluation, heavyUser } from './innocent/machines.ts'
import { campus, carrierNat, coworking, office, vpn } from './innocent/shared-address.ts'
import { family, prepaidRegion, researcher, virtualCards } from './innocent/shared-card.ts'
import { agency, declaredReseller, framework, sdk, vendorProduct } from './innocent/shared-client.ts'
import { trialCredit } from './innocent/trial-credit.ts'
import { agencySdk, classLab, officeTemplate, vendorRegion } from './innocent/two-families.ts'
import type { LabelClass, Scenario } from './plan.ts'

/** All scenarios: campaigns, then abuse, then innocent kinds. */
export const SCENARIOS: readonly Scenario[] = [
  pipeline,
  relay,
  crew,
  hydra,
  reseller,
  chain,
  adaptive,
  pivot,
  trialCredit,
  company,
  undeclaredCompany,
  office,
  coworking,
  campus,
  classroom,
  hackathon,
  ciFarm,
  cronFleet,
  agency,
  family,
  vpn,
  carrierNat,
  framework,
  sdk,
  vendorProduct,
  prepaidRegion,
  virtualCards,
  declaredReseller,
  heavyUser,
  evaluation,
  outage,
  releaseDay,
  migration,
  researcher,
  agencySdk,
  classLab,
  officeTemplate,
  vendorRegion,
]

/** A scenario and the knobs to turn; others keep their defaults. */
export interface ScenarioChoice {
  readonly name: string
  readonly knobs?: Readonly<Record<string, number>>
}

/** A scenario as `simulate --list` shows it. */
export interface ScenarioInfo {
  readonly name: string
  readonly class: LabelClass
  /** The value of the `kind` column in the labels. */
  readonly kind: string
  readonly description: string
  readonly knobs: readonly {
    readonly name: string
    readonly unit: string
    readonly default: number
    readonly range: readonly [number, number]
    readonly meaning: string
  }[]
}

/** Every scenario with its knobs, campaigns first. */
export const listScenarios = (): ScenarioInfo[] =>
  SCENARIOS.map((each) => ({
    name: each.name,
    class: each.class,
    kind: each.name,
    description: each.description,
    knobs: Object.entries(each.knobs).map(([name, knob]) => ({
      name,
      unit: knob.unit,
      default: knob.default,
      range: [knob.min, knob.max] as const,
      meaning: knob.meaning,
    })),
  }))

/**
 * The scenario of that name with every knob set.
 *
 * @throws ScanError USAGE for an unknown scenario or knob, or a value out of range
 */
export function resolveScenario(choice: ScenarioChoice): {
  readonly scenario: Scenario
  readonly knobs: Readonly<Record<string, number>>
} {
  const scenario = SCENARIOS.find((each) => each.name === choice.name)
  if (!scenario)
    throw new ScanError(
      'USAGE',
      `unknown scenario '${choice.name}'`,
      `Use one of: ${SCENARIOS.map((each) => each.name).join(', ')}.`,
    )
  const knobs: Record<string, number> = Object.fromEntries(
    Object.entries(scenario.knobs).map(([name, knob]) => [name, knob.default]),
  )
  for (const [name, value] of Object.entries(choice.knobs ?? {})) {
    const knob = Object.hasOwn(scenario.knobs, name) ? scenario.knobs[name] : undefined
    if (!knob)
      throw new ScanError(
        'USAGE',
        `scenario '${choice.name}' has no knob '${name}'`,
        `Use one of: ${Object.keys(knobs).join(', ')}.`,
      )
    if (!(value >= knob.min && value <= knob.max)) {
      throw new ScanError(
        'USAGE',
        `knob '${choice.name}.${name}' is out of range`,
        `Give ${knob.min} to ${knob.max} (${knob.unit}).`,
      )
    }
    knobs[name] = value
  }
  return { scenario, knobs }
}
