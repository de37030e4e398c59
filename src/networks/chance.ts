import { type Checkpoint, NO_CHECKPOINT } from '../checkpoint.ts'
import type { Config } from '../config.ts'
import type { Evidence } from '../evidence/engine.ts'
import type { Random } from '../random.ts'
import type { Signal } from '../signals/signal.ts'
import { confirmTests, testGroups } from './confirm.ts'
import { groupFacts } from './facts.ts'
import { proposeNetworks } from './propose-networks.ts'
import { NO_REVIEW } from './review.ts'
import { scoreGroup } from './score.ts'
import { shuffleFamilies } from './shuffle-families.ts'
import { createStrata } from './strata.ts'

/** What the whole search finds where there is nothing to find. */
export interface ChanceNetworks {
  /** Shuffled copies that were searched. */
  readonly draws: number
  /** Scores of the networks found in all copies together that speak in two families, highest first. */
  readonly scores: readonly number[]
}

/** Holdings that are worth one shuffled copy less: a large log pays for one copy, a small one for four. */
const HOLDINGS_PER_DRAW = 400_000
const MOST_DRAWS = 4

/** Searches shuffled copies of the evidence exactly as the evidence itself was searched, but for the tests of order. */
export async function searchChance(
  evidence: Evidence,
  signals: readonly Signal[],
  config: Config,
  random: Random,
  checkpoint: Checkpoint = NO_CHECKPOINT,
): Promise<ChanceNetworks> {
  const draws = Math.max(1, Math.min(MOST_DRAWS, Math.floor(HOLDINGS_PER_DRAW / evidence.tables.holdings.count)))
  const scores: number[][] = []
  for (let draw = 0; draw < draws; draw++) {
    const name = `shuffled copy ${draw + 1} of ${draws}`
    await checkpoint(name, null)
    const copy = shuffleFamilies(evidence, signals, random.fork(`copy ${draw}`))
    scores.push(await scoresOf(copy, signals, { config, random, checkpoint, name }))
  }
  return { draws, scores: scores.flat().sort((a, b) => b - a) }
}

interface Copying {
  readonly config: Config
  readonly random: Random
  readonly checkpoint: Checkpoint
  /** Of the copy, for people. */
  readonly name: string
}

async function scoresOf(
  copy: Evidence,
  signals: readonly Signal[],
  { config, random, checkpoint, name }: Copying,
): Promise<number[]> {
  const proposing: Checkpoint = () => checkpoint(name, null) // the steps of its search are told as one
  const { groups, view } = await proposeNetworks(copy, signals, config, NO_REVIEW, proposing)
  const strata = createStrata(copy.tables.accounts, groups)
  const scoring = signals.filter(({ role }) => role !== 'corroborator') // which never counts, and takes most of the draws
  const against = { view, strata, draws: config.nullDraws }
  const tests = await testGroups(groups, scoring, against, random, checkpoint, `${name}, random sets`)
  confirmTests(tests.flat())
  return groups
    .map((members, i) => scoreGroup(tests[i]!, groupFacts(view(members, true), null)))
    .flatMap(({ speaking, bits }) => (speaking.length >= 2 ? [bits] : []))
}

/**
 * Share in [0, 1] of the networks at or above a score that chance is expected to make: networks of the shuffled copies
 * per copy, over the networks found (the plug-in estimate of Storey & Tibshirani 2003, with π₀ = 1).
 *
 * @param found scores of the networks found that speak in two families
 */
export function falseDiscoveryRate(score: number, found: readonly number[], { draws, scores }: ChanceNetworks): number {
  const expected = scores.filter((each) => each >= score).length / draws
  return Math.min(1, expected / Math.max(1, found.filter((each) => each >= score).length))
}
