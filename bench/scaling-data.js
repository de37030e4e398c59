/**
 * Writes the log of one point of `npm run bench:scaling`: `node bench/scaling-data.js FOLDER POINT`, the point as JSON.
 * Beside it stands `planted.json`: accounts in all, and accounts of campaigns.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Days of the window. */
const DAYS = 14
/** The campaigns; each has as many accounts as the others, and as many requests. */
const CAMPAIGNS = ['pipeline', 'relay', 'reseller', 'pivot']
/** People at which `bench` gives innocent groups their default sizes. */
const USUAL_ACCOUNTS = 20_000

/**
 * The scenarios of a log in which campaigns are a share of the accounts, and each account makes as many requests as the
 * others on average: so that one thing changes at a time. Innocent groups grow with the accounts.
 *
 * @param {{ rows: number, accounts: number, share: number }} point
 * @param {readonly Scenario[]} known
 */
export function scenariosOf({ rows, accounts, share }, known) {
  const each = Math.max(1, Math.round((accounts * share) / CAMPAIGNS.length))
  return [
    ...known
      .filter(({ name }) => CAMPAIGNS.includes(name))
      .map((campaign) => ({
        name: campaign.name,
        knobs: {
          accounts: within(each, knobOf(campaign, 'accounts')),
          rate: within(rows / accounts / DAYS, knobOf(campaign, 'rate')),
        },
      })),
    ...known.filter((scenario) => scenario.class === 'innocent').map((scenario) => scaled(scenario, accounts)),
  ]
}

/** @typedef {import('../dist/simulate/index.js').ScenarioInfo} Scenario */

/**
 * @param {Scenario} scenario
 * @param {number} accounts
 */
function scaled(scenario, accounts) {
  const hasGroups = scenario.knobs.some(({ name }) => name === 'groups')
  const count = hasGroups && scenario.name !== 'campus' ? 'groups' : 'accounts'
  const knob = scenario.knobs.find(({ name }) => name === count)
  if (knob === undefined) return { name: scenario.name }
  const wanted = Math.round((knob.default * accounts) / USUAL_ACCOUNTS)
  return { name: scenario.name, knobs: { [count]: within(wanted, knob) } }
}

/** @param {Scenario} scenario @param {string} name */
function knobOf(scenario, name) {
  const knob = scenario.knobs.find((each) => each.name === name)
  if (knob === undefined) throw new Error(`'${scenario.name}' has no knob '${name}'`)
  return knob
}

/** @param {number} value @param {Scenario['knobs'][number]} knob */
const within = (value, { range: [least, most] }) => Math.min(most, Math.max(least, value))

/**
 * About how many accounts the innocent groups have, so that the people beside them fill up to what was asked.
 *
 * @param {ReturnType<typeof scenariosOf>} scenarios
 * @param {readonly Scenario[]} known
 */
export function innocentsOf(scenarios, known) {
  const innocent = known.filter((scenario) => scenario.class === 'innocent')
  return innocent.reduce((sum, scenario) => {
    const chosen = scenarios.find(({ name }) => name === scenario.name)?.knobs
    const of = (/** @type {string} */ name) => scenario.knobs.find((knob) => knob.name === name)?.default
    const size = chosen?.accounts ?? of('accounts') ?? 3 // families, and people with three accounts
    return sum + size * (chosen?.groups ?? of('groups') ?? 1)
  }, 0)
}

/** @param {string} out @param {{ rows: number, accounts: number, share: number, seed: string }} point */
async function write(out, point) {
  const { listScenarios, simulate } = await import('../dist/simulate/index.js')
  const { rows, accounts, share, seed } = point
  const scenarios = scenariosOf(point, listScenarios())
  const background = Math.max(1, Math.round(accounts * (1 - share)) - innocentsOf(scenarios, listScenarios()))
  const summary = await simulate({
    out,
    seed,
    requests: rows,
    accounts: background,
    days: DAYS,
    dirty: true,
    scenarios,
  })
  const fraud = summary.networks.filter((network) => network.class === 'fraud')
  const planted = fraud.reduce((sum, network) => sum + network.accounts, 0)
  writeFileSync(join(out, 'planted.json'), JSON.stringify({ accounts: summary.accounts, fraud: planted }))
}

const [out, point] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename && out !== undefined && point !== undefined)
  await write(out, JSON.parse(point))
