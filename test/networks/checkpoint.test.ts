import { expect, test } from 'vitest'
import { createCheckpoint, mapWithCheckpoints, NO_CHECKPOINT } from '../../src/checkpoint.ts'

test('at a checkpoint what waits has its turn, and whoever wants to know is told how far it is', async () => {
  const said: string[] = []
  setImmediate(() => said.push('what waited'))
  const checkpoint = createCheckpoint(undefined, (step, share) => said.push(`${step} ${share}`))
  const doubled = await mapWithCheckpoints(
    [1, 2],
    (each) => {
      said.push(`work ${each}`)
      return 2 * each
    },
    checkpoint,
    { name: 'doubling' },
  )
  expect(doubled).toEqual([2, 4])
  expect(said).toEqual(['what waited', 'doubling 0', 'work 1', 'doubling 0.5', 'work 2'])
})

test('a signal that came meanwhile ends the work at the next checkpoint', async () => {
  const stop = new AbortController()
  const begun: number[] = []
  const work = (each: number): void => {
    begun.push(each)
    if (each === 2) setImmediate(() => stop.abort())
  }
  const working = mapWithCheckpoints([1, 2, 3], work, createCheckpoint(stop.signal), { name: 'working' })
  await expect(working).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 })
  expect(begun).toEqual([1, 2])
})

test('how far a step is goes by the sizes of what is done, and by how much of an item is', async () => {
  const shares: (number | null)[] = []
  const capitals = await mapWithCheckpoints(
    ['a', 'bbb'],
    async (letters, _, within) => {
      await within(0.5)
      return letters.toUpperCase()
    },
    async (_, share) => void shares.push(share),
    { name: 'letters', sizeOf: ({ length }) => length },
  )
  expect(capitals).toEqual(['A', 'BBB'])
  expect(shares).toEqual([0, 0.125, 0.25, 0.625]) // of four letters: 0, a half, one, one and a half of three more
})

test('work that is asynchronous itself is done one after another', async () => {
  let running = 0
  const alone = async (each: number): Promise<number> => {
    running++
    await Promise.resolve()
    expect(running).toBe(1)
    running--
    return each
  }
  expect(await mapWithCheckpoints([3, 4], alone, NO_CHECKPOINT, { name: 'one by one' })).toEqual([3, 4])
})
