import { SEVERITIES, type Severity } from '../model.ts'
import type { Encounter } from './encounter.ts'
import type { SeverityRow } from './evaluation.ts'
import { levelOf, pairsOf, rates } from './rates.ts'
import type { Reported } from './reported.ts'

/** One row for each severity: what is reported at it or above, and how much of that is right. */
export function rateBySeverity(reported: Reported, encounters: readonly Encounter[]): SeverityRow[] {
  const fraud = encounters.filter(({ campaign }) => campaign.class === 'fraud')
  return SEVERITIES.map((severity) => rateAt(severity, reported, fraud))
}

function rateAt(severity: Severity, reported: Reported, fraud: readonly Encounter[]): SeverityRow {
  const least = levelOf(severity)
  const networks = reported.networks.filter(({ level }) => level >= least)
  const sizes = networks.map((network) => network.accounts.length)
  const trueSizes = fraud.map(({ campaign }) => campaign.accounts.length)
  const foundSizes = fraud.flatMap(({ parts }) =>
    parts.filter(({ network }) => network.level >= least).map((part) => part.accounts),
  )
  const accounts = {
    reported: sum(sizes),
    correct: sum(networks.map((network) => network.fraudAccounts)),
    true: sum(trueSizes),
    found: sum(foundSizes),
  }
  const pairs = {
    reported: sum(sizes.map(pairsOf)),
    correct: sum(foundSizes.map(pairsOf)),
    true: sum(trueSizes.map(pairsOf)),
  }
  return {
    severity,
    networks: networks.length,
    mostlyInnocent: networks.filter((network) => network.class === 'innocent').length,
    abuse: {
      networks: networks.filter((network) => network.class === 'abuse').length,
      accounts: sum(networks.map((network) => network.abuseAccounts)),
    },
    accounts: { ...accounts, ...rates(accounts) },
    pairs: { ...pairs, ...rates({ ...pairs, found: pairs.correct }) },
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)
