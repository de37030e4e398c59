import { SCENARIOS, type ScenarioChoice } from './scenarios.ts'

/** Named sets of scenarios. */
export const PRESETS = {
  demo: 'two planted networks among a company, a campus, a build farm, families and strangers; fits into a repository',
  innocent: 'innocent look-alikes alone, small',
  bench: 'every campaign and every innocent kind; group sizes grow with the background',
  flagship: 'the size of the largest published case: a pipeline of 12,000 accounts and a relay of 5,380, 45 days',
  campaigns: 'every campaign among strangers',
  plain: 'strangers only',
} as const
export type PresetName = keyof typeof PRESETS

export const isPreset = (name: string): name is PresetName => Object.hasOwn(PRESETS, name)

/** Background accounts at which `bench` has its scenarios' default sizes. */
const BENCH_ACCOUNTS = 20_000

const demo: readonly ScenarioChoice[] = [
  { name: 'pipeline', knobs: { accounts: 60, rate: 3.4, bursts: 3, exitBlocks: 3, missing: 0 } },
  {
    name: 'relay',
    knobs: { accounts: 40, rate: 5.6, perDevice: 6, perCard: 4, bursts: 2, exitBlocks: 2, failover: 0.02, missing: 0 },
  },
  { name: 'company', knobs: { accounts: 26, groups: 1 } },
  { name: 'undeclared-company', knobs: { accounts: 18, groups: 1 } },
  { name: 'campus', knobs: { accounts: 70, groups: 1 } },
  { name: 'ci-farm', knobs: { accounts: 8, groups: 1, declared: 0 } },
  { name: 'family', knobs: { groups: 10 } },
]

const innocent: readonly ScenarioChoice[] = [
  { name: 'company', knobs: { accounts: 16, groups: 1 } },
  { name: 'undeclared-company', knobs: { accounts: 14, groups: 1 } },
  { name: 'office', knobs: { accounts: 14, groups: 1 } },
  { name: 'coworking', knobs: { accounts: 16, groups: 1 } },
  { name: 'campus', knobs: { accounts: 40, groups: 1 } },
  { name: 'class', knobs: { accounts: 20, groups: 1 } },
  { name: 'hackathon', knobs: { accounts: 16, groups: 1 } },
  { name: 'ci-farm', knobs: { accounts: 6, groups: 1, declared: 0 } },
  { name: 'cron-fleet', knobs: { accounts: 10, groups: 1 } },
  { name: 'agency', knobs: { accounts: 8, groups: 1 } },
  { name: 'family', knobs: { groups: 6 } },
  { name: 'vpn', knobs: { accounts: 16, groups: 1 } },
  { name: 'carrier-nat', knobs: { accounts: 30, groups: 1 } },
  { name: 'framework', knobs: { accounts: 30, groups: 1 } },
  { name: 'sdk', knobs: { accounts: 16, groups: 1 } },
  { name: 'vendor-product', knobs: { accounts: 16, groups: 1 } },
  { name: 'prepaid-region', knobs: { accounts: 20, groups: 1 } },
  { name: 'virtual-cards', knobs: { accounts: 16, groups: 1 } },
  { name: 'declared-reseller', knobs: { accounts: 8, groups: 1, rate: 10 } },
  { name: 'researcher', knobs: { groups: 2 } },
  { name: 'evaluation', knobs: { accounts: 5, groups: 1 } },
]

/** Published pool sizes (5,380) and half of the largest (25,000), so that strangers keep half of the volume. */
const flagship = (scale: number): readonly ScenarioChoice[] => [
  {
    name: 'pipeline',
    knobs: { accounts: 12_000, perCard: 12, perDevice: 20, exitBlocks: 40, bursts: 60, templates: 6 },
  },
  { name: 'relay', knobs: { accounts: 5380, perCard: 8, perDevice: 15, exitBlocks: 30, bursts: 40 } },
  ...SCENARIOS.filter((each) => each.name !== 'pipeline' && each.name !== 'relay').map((each) =>
    scaled(each.name, scale),
  ),
]

/** Knobs that count accounts or groups grow with the background; rates and shares stay. */
function scaled(name: string, scale: number): ScenarioChoice {
  const scenario = SCENARIOS.find((each) => each.name === name)
  const count = scenario?.knobs.groups === undefined || name === 'campus' ? 'accounts' : 'groups'
  const knob = scenario?.knobs[count]
  if (!knob) return { name }
  const least = count === 'accounts' ? Math.min(knob.default, 12) : 1
  return { name, knobs: { [count]: Math.min(knob.max, Math.max(least, Math.round(knob.default * scale))) } }
}

/**
 * The scenarios of a preset.
 *
 * @param accounts people of the background
 */
export function presetScenarios(preset: PresetName, accounts: number): readonly ScenarioChoice[] {
  const scale = accounts / BENCH_ACCOUNTS
  if (preset === 'demo') return demo
  if (preset === 'innocent') return innocent
  if (preset === 'flagship') return flagship(scale)
  if (preset === 'bench') return SCENARIOS.map((each) => scaled(each.name, scale))
  if (preset === 'campaigns')
    return SCENARIOS.filter((each) => each.class === 'fraud').map((each) => ({ name: each.name }))
  return []
}
