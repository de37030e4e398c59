import { officePlace } from '../addresses.ts'
import { frameworkTemplate, newDevice, ownTemplate } from '../belongings.ts'
import { newCard } from '../cards.ts'
import { CLIENT, REGIONS } from '../catalog.ts'
import { chance, hex, numbers, pick, zipf } from '../draw.ts'
import { ownDomain } from '../names.ts'
import { type AccountPlan, defineScenario, knob, type ScenarioContext } from '../plan.ts'
import { DAY_MS } from '../time.ts'
import { groupKnobs, groupsOf, people, someRegion } from './group.ts'

/** Employees: one mail domain, one office address, some in-house prompts, sign-ups as people join. */
export function employees(
  context: ScenarioContext,
  company: {
    readonly network: string
    readonly kind: string
    readonly count: number
    readonly isDeclared: boolean
    readonly corporateCard: number
  },
): AccountPlan[] {
  const { world, random } = context
  const region = someRegion(random)
  const domain = ownDomain(random)
  const organizationId = company.isDeclared ? `org_${hex(random, 10)}` : ''
  const card = newCard(world, random, { region, fromMs: world.startMs - 700 * DAY_MS })
  const office = world.addPlace(officePlace(world.internet, random, region))
  const house = numbers(3).map(() => ownTemplate(world, random))
  const profile = world.addProfile('office', REGIONS[region]?.zoneHours ?? 0)
  const laptop = pick(random, [CLIENT.cli, CLIENT.python, CLIENT.node, CLIENT.editor])
  return people(context, { ...company, wish: { region, domain, isMachine: false } }, (person) => ({
    registration: { organizationId, plan: company.isDeclared ? 'team' : 'pro', referralCode: '' },
    payments:
      chance(random, company.corporateCard) || person.payments.length === 0
        ? [{ ...card, fromMs: person.registration.createdAtMs }]
        : person.payments,
    places: chance(random, 0.85) ? [office, office, office, person.places[0] as number] : person.places,
    devices: chance(random, 0.6) ? [newDevice(world, random, laptop), ...person.devices.slice(0, 1)] : person.devices,
    templates: [pick(random, house), ...person.templates, frameworkTemplate(world, random, zipf(random, 12))],
    behaviour: { profile, weekend: 0.08 },
  }))
}

/** A company with an organisation id given by the service and one payer. */
export const company = defineScenario({
  name: 'company',
  class: 'innocent',
  description: 'company with a declared organization_id, corporate card, office address, mail domain',
  knobs: groupKnobs(30, 2),
  plan: (context) =>
    groupsOf(context, 'company', (network, kind) =>
      employees(context, { network, kind, count: context.knobs.accounts, isDeclared: true, corporateCard: 1 }),
    ),
})

/** The same without a declaration; people pay with own cards or with one corporate card. */
export const undeclaredCompany = defineScenario({
  name: 'undeclared-company',
  class: 'innocent',
  description: 'company without organization_id: own or corporate cards, office address, mail domain, varied templates',
  knobs: { ...groupKnobs(20, 2), corporateCard: knob('share', 0.4, [0, 1], 'share of people on the corporate card') },
  plan: (context) =>
    groupsOf(context, 'undeclared-company', (network, kind) =>
      employees(context, {
        network,
        kind,
        count: context.knobs.accounts,
        isDeclared: false,
        corporateCard: context.knobs.corporateCard,
      }),
    ),
})
