import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { type SignalSource, watchInterrupts } from '../../src/cli/signals.ts'

class Source extends EventEmitter {
  readonly pid = 42
  readonly killed: string[] = []
  kill(pid: number, signal: string): void {
    this.killed.push(`${pid} ${signal}`)
  }
}
const watch = (source: Source) => watchInterrupts(source as unknown as SignalSource)

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('the first %s aborts', (name, code) => {
  const source = new Source()
  const interrupts = watch(source)
  expect(interrupts.exitCode()).toBeNull()
  source.emit(name)
  expect(interrupts.signal.aborted).toBe(true)
  expect(interrupts.exitCode()).toBe(code)
  expect(source.killed).toEqual([])
})

test('the second kills at once, by the default action', () => {
  const source = new Source()
  watch(source)
  source.emit('SIGINT')
  source.emit('SIGINT')
  expect(source.killed).toEqual(['42 SIGINT'])
  expect(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM')).toBe(0)
})

test('nothing listens once it is over', () => {
  const source = new Source()
  watch(source).dispose()
  expect(source.eventNames()).toEqual([])
})
