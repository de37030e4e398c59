import { expect, test } from 'vitest'
import { createTeller } from '../../src/progress.ts'

/** Names and shares of what is told, in order. */
function tell(work: (teller: ReturnType<typeof createTeller>) => void): string[] {
  const told: string[] = []
  work(
    createTeller(
      (step, share) => told.push(`${step} ${share}`),
      () => 0,
    ),
  )
  return told
}

test('while the engine reads the logs again, what is computed beside it is not told, and is afterwards', () => {
  const told = tell(({ onEngine, onComputed }) => {
    onEngine('second reading', -1)
    onComputed('random sets', 0.25)
    onEngine('second reading', 0.5)
    onComputed('random sets', 0.5)
    onEngine('numbering', -1) // a moment's work
    onComputed('random sets', 0.75)
  })
  expect(told).toEqual(['second reading null', 'second reading 0.5', 'random sets 0.75'])
})

test('the next stage begins anew', () => {
  const told = tell(({ onEngine, onComputed, onStage }) => {
    onComputed('links', 0.5)
    onStage()
    onEngine('mix', -1)
    onEngine('reading', -1)
    onStage()
    onComputed('cells', 0.5)
    onStage()
    onEngine('keeping', -1)
  })
  expect(told).toEqual(['links 0.5', 'mix null', 'reading null', 'cells 0.5', 'keeping null'])
})
