import { expect, test } from 'vitest'
import { createRandom } from '../../src/random.ts'
import { createDispatcher } from '../../src/simulate/dispatch.ts'
import type { AccountPlan, DispatchPlan } from '../../src/simulate/plan.ts'
import { createPerson } from '../../src/simulate/population.ts'
import { profileSlots } from '../../src/simulate/profiles.ts'
import { createWorld } from '../../src/simulate/world.ts'

const DAY_MS = 86_400_000
const startMs = Date.UTC(2026, 5, 1)

function aPlan(change: Partial<DispatchPlan> = {}, bannedMs: number | null = null): DispatchPlan {
  const random = createRandom('dispatch test')
  const world = createWorld(random, { startMs, days: 3, isDirty: false })
  const members = Array.from({ length: 5 }, (): AccountPlan => {
    const person = createPerson(world, random)
    return { ...person, behaviour: { ...person.behaviour, fromMs: startMs, toMs: startMs + 3 * DAY_MS, bannedMs } }
  })
  const job = {
    weight: 1,
    templates: [0],
    capabilities: [0],
    inputMedian: 9,
    outputMedian: 9,
    promptPool: 0,
    promptPoolSize: 1,
    promptShare: 0,
  }
  return {
    members,
    policy: 'lru',
    requestsPerDay: 200,
    sessionRequests: 1,
    gapSeconds: 1,
    profile: 0,
    jobs: [job],
    failoverShare: 0,
    replayShare: 0,
    jitterSeconds: 0,
    ...change,
  }
}

const queueOf = (plan: DispatchPlan) =>
  createDispatcher(plan, createRandom('q'), (i) => i, profileSlots('always', 0)).queueDay(startMs)

test('least recently used: five accounts with short sessions take turns', () => {
  const accounts = queueOf(aPlan()).map((each) => each.account)
  expect(accounts.length).toBeGreaterThan(150)
  for (let i = 10; i < accounts.length; i++) expect(new Set(accounts.slice(i - 5, i)).size).toBeGreaterThanOrEqual(4)
})

test('a refused session goes on through another account with the same prompts', () => {
  const sessions = queueOf(aPlan({ failoverShare: 1 }))
  const refused = sessions.filter((each) => each.status === 429)
  expect(refused.length).toBeGreaterThan(100)
  for (const each of refused) {
    const again = sessions.find((other) => other.promptKey === each.promptKey && other.status === 0)
    expect(again?.account).not.toBe(each.account)
    expect((again?.startMs ?? 0) - each.startMs).toBeLessThan(3000)
  }
})

test('a banned account is tried once and never again', () => {
  const sessions = queueOf(aPlan({}, startMs + DAY_MS / 2))
  const late = sessions.filter((each) => each.startMs >= startMs + DAY_MS / 2)
  expect(late.length).toBe(5)
  expect(late.every((each) => each.status === 403)).toBe(true)
})

test('sync: all accounts work at the same moments', () => {
  const sessions = queueOf(aPlan({ policy: 'sync', jitterSeconds: 5 }))
  const starts = sessions.map((each) => each.startMs).sort((a, b) => a - b)
  const close = starts.filter((at, i) => i > 0 && at - (starts[i - 1] as number) < 5000).length
  expect(close / starts.length).toBeGreaterThan(0.6)
})
