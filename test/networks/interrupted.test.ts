import { expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { scan } from '../../src/scan.ts'

const DEMO = { inputs: ['fixtures/demo/logs.ndjson'], accounts: ['fixtures/demo/accounts.csv'] }

test.each(['links', 'shuffled copy 1 of 4', 'shuffled copy 1 of 4, random sets', 'random sets'])(
  'a scan that is told to stop while it computes (%s) stops there',
  async (where) => {
    const stop = new AbortController()
    const later: string[] = []
    const progress = (step: string): void => {
      if (stop.signal.aborted) later.push(step)
      // what is said of the second reading and of the engine goes on for a moment
      if (step === where) setImmediate(() => stop.abort())
    }
    // More draws than anybody could wait for, unless the step comes behind the first draws.
    const nullDraws = where === 'random sets' ? resolveConfig({}).nullDraws : 1e9
    const scanning = scan({ ...DEMO, config: { nullDraws }, signal: stop.signal, observer: { progress } })
    await expect(scanning).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(later).not.toContain('severity')
  },
)

test('a scan that is told to stop before it has begun reads no log', async () => {
  const told: string[] = []
  const scanning = scan({
    ...DEMO,
    signal: AbortSignal.abort(),
    observer: { progress: (step) => void told.push(step) },
  })
  await expect(scanning).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(told).not.toContain('intake')
})
