import { expect, test } from 'vitest'
import { createProgress, formatBytes, progressLine } from '../../src/cli/progress.ts'
import { createStopwatch } from '../../src/cli/stopwatch.ts'
import { type RecordedIo, recordedIo } from '../helpers/io.ts'

/** Two seconds of work in steps of 50 ms. */
function work(io: RecordedIo, clock: { ms: number }, isWanted = true): string {
  const bar = createProgress(io, isWanted)
  bar.observer.stage('reading')
  for (let step = 1; step <= 40; step++) {
    clock.ms += 50
    bar.observer.progress('reading', step / 40)
  }
  bar.stop()
  bar.observer.progress('reading', 1)
  return io.stderr
}

const io = (clock: { ms: number }, over: Partial<RecordedIo> = {}): RecordedIo =>
  recordedIo({ stderrIsTerminal: true, columns: 60, nowMs: () => clock.ms, ...over })

test('a bar on a terminal, on one line, taken away at the end', () => {
  const clock = { ms: 0 }
  const drawn = work(io(clock), clock).split('\r\u001b[2K')
  expect(drawn[0]).toBe('')
  expect(drawn[1]).toBe('reading  [######------------------]  25 %') // nothing in the first half second
  expect(drawn.at(-1)).toBe('')
  expect(drawn).toHaveLength(18) // 16 redraws 100 ms apart, and the end
  expect(drawn.join('')).not.toContain('\n')
})

test.each([
  ['short work', { ms: 0 }, {}, true],
  ['no terminal', { ms: 0 }, { stderrIsTerminal: false }, true],
  ['TERM=dumb', { ms: 0 }, { env: { TERM: 'dumb' } }, true],
  ['--quiet', { ms: 0 }, {}, false],
] as const)('no bar: %s', (name, clock, over, isWanted) => {
  const still = name === 'short work' ? { ...over, nowMs: () => 0 } : over
  expect(work(io({ ...clock }, still), { ...clock }, isWanted)).toBe('')
})

test.each([
  [0, 'x  [------------------------]   0 %'],
  [0.5, 'x  [############------------]  50 %'],
  [1, 'x  [########################] 100 %'],
  [7, 'x  [########################] 100 %'],
])('%d', (share, line) => {
  expect(progressLine('x', share)).toBe(line)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1536, '1.5 KiB'],
  [312 * 2 ** 20, '312 MiB'],
  [1.4 * 2 ** 30, '1.4 GiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test('a stopwatch adds up what comes back and keeps the order', () => {
  const clock = { ms: 5 }
  const watch = createStopwatch(() => clock.ms)
  const spend = (stage: string, ms: number): void => {
    watch.begin(stage)
    clock.ms += ms
  }
  spend('reading', 100)
  spend('grouping', 20)
  spend('reading', 3)
  watch.stop()
  clock.ms += 999
  expect(watch.stages).toEqual([
    { name: 'reading', ms: 103 },
    { name: 'grouping', ms: 20 },
  ])
  expect(watch.totalMs()).toBe(123)
})
