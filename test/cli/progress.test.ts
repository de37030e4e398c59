import { expect, test } from 'vitest'
import { formatBytes } from '../../src/cli/format-bytes.ts'
import { createProgress, type ProgressMode, progressMode } from '../../src/cli/progress.ts'
import { barLine, formatSeconds, plainLine, type StepFacts } from '../../src/cli/progress-line.ts'
import { createStopwatch } from '../../src/cli/stopwatch.ts'
import { type RecordedIo, recordedIo } from '../helpers/io.ts'

const CLEAR = '\r\u001b[2K'
const MIB = 2 ** 20

interface Clock {
  ms: number
  /** What the process has read by now. */
  read: number
}
const clockAt0 = (): Clock => ({ ms: 0, read: 0 })

const ioOf = (clock: Clock, over: Partial<RecordedIo> = {}): RecordedIo =>
  recordedIo({ stderrIsTerminal: true, columns: 79, nowMs: () => clock.ms, bytesRead: () => clock.read, ...over })

/** Two seconds of reading 400 MiB by the engine, while as much is read for hashes, in steps of 50 ms. */
function work(mode: ProgressMode, over: Partial<RecordedIo> = {}): string {
  const clock = clockAt0()
  const io = ioOf(clock, over)
  const { observer, stop } = createProgress(io, mode)
  const tell = (beside: number): void =>
    observer.progress('reading', null, { done: null, all: 400 * MIB, beside, rows: null })
  observer.stage('reading')
  tell(0)
  for (let step = 1; step <= 40; step++) {
    clock.ms += 50
    clock.read += 20 * MIB
    tell(step * 10 * MIB)
  }
  stop()
  tell(400 * MIB)
  return io.stderr
}

test('a bar on a terminal, on one line, taken away at the end', () => {
  const drawn = work('bar').split(CLEAR)
  expect(drawn[0]).toBe('')
  expect(drawn[1]).toBe('reading  [#####---------------]  25 %  100 MiB of 400 MiB') // nothing in the first half second
  expect(drawn).toContain('reading  [##########----------]  50 %  200 MiB of 400 MiB  200 MiB/s  1 s left')
  expect(drawn.at(-1)).toBe('')
  expect(drawn).toHaveLength(18) // 16 redraws 100 ms apart, and the end
  expect(drawn.join('')).not.toContain('\n')
})

test('lines, one a second and one for each stage, without any escape', () => {
  expect(work('lines')).toBe(
    [
      'reading',
      'reading: 50 %, 200 MiB of 400 MiB, 200 MiB/s, 1 s left',
      'reading: 100 %, 400 MiB of 400 MiB, 200 MiB/s',
      '',
    ].join('\n'),
  )
})

test('where the system does not say what a process reads, only what is known is said', () => {
  expect(work('lines', { bytesRead: () => null })).toBe(
    ['reading', 'reading: 400 MiB, 1 s', 'reading: 400 MiB, 2 s', ''].join('\n'),
  )
})

test.each([
  ['a terminal', {}, {}, 'bar'],
  ['no terminal', {}, { stderrIsTerminal: false }, 'none'],
  ['TERM=dumb', {}, { env: { TERM: 'dumb' } }, 'none'],
  ['--quiet', { quiet: true }, {}, 'none'],
  ['--no-progress', { progress: false }, {}, 'none'],
  ['--progress', { progress: true }, {}, 'lines'],
  ['--progress into a file', { progress: true }, { stderrIsTerminal: false }, 'lines'],
  ['--progress on TERM=dumb', { progress: true }, { env: { TERM: 'dumb' } }, 'lines'],
  ['--quiet --progress', { quiet: true, progress: true }, {}, 'none'],
] as const)('%s', (_, flags, over, mode) => {
  expect(progressMode(ioOf(clockAt0(), over), flags)).toBe(mode)
})

test('nothing is said in mode none, nor of short work', () => {
  expect(work('none')).toBe('')
  expect(work('bar', { nowMs: () => 0 })).toBe('')
})

test('an input that is read again in the same step is at no share that anybody knows', () => {
  const clock = clockAt0()
  const io = ioOf(clock)
  const { observer } = createProgress(io, 'lines')
  const tell = (): void => observer.progress('reading', null, { done: null, all: 10 * MIB, beside: 0, rows: null })
  tell()
  clock.ms += 2000
  clock.read += 15 * MIB
  tell()
  expect(io.stderr.split('\n')[1]).toBe('reading: 10.0 MiB, 2 s')
})

test('a pipe: how much so far, and no share', () => {
  const clock = clockAt0()
  const io = ioOf(clock)
  const { observer } = createProgress(io, 'lines')
  observer.stage('opening')
  for (let n = 0; n <= 3; n++) {
    const done = n * 300 * MIB
    observer.progress('copying standard input', null, { done, all: null, beside: 0, rows: n * 411_000 })
    clock.ms += 1000
  }
  expect(io.stderr.split('\n').slice(1, 3)).toEqual([
    'opening: copying standard input: 300 MiB, 411,000 rows, 300 MiB/s, 1 s',
    'opening: copying standard input: 600 MiB, 822,000 rows, 300 MiB/s, 2 s',
  ])
})

const facts = (over: Partial<StepFacts>): StepFacts => ({
  ...{ label: 'reading', share: 0.5, done: 700 * MIB, all: 1400 * MIB, rows: null, seconds: 7 },
  ...over,
})

test.each([
  [79, 'reading  [##########----------]  50 %  700 MiB of 1.4 GiB  100 MiB/s  7 s left'],
  [70, 'reading  [######------]  50 %  700 MiB of 1.4 GiB  100 MiB/s  7 s left'],
  [54, 'reading  50 %  700 MiB of 1.4 GiB  100 MiB/s  7 s left'],
  [40, 'reading  50 %  700 MiB of 1.4 GiB'],
  [16, 'reading  50 %'],
  [4, 'read'],
])('%d columns', (columns, line) => {
  expect(barLine(facts({}), columns)).toBe(line)
})

test('characters that take two columns are counted as two', () => {
  const line = barLine(facts({ label: "reading '日誌日誌日誌.json'" }), 40)
  expect(line).toBe("reading '日誌日誌日誌.json'  50 %")
})

test.each([
  ['in the first second nobody knows a rate', { seconds: 0.9 }, 'reading: 50 %, 700 MiB of 1.4 GiB'],
  ['nor how long the rest takes after one percent', { share: 0.01 }, 'reading: 1 %, 700 MiB of 1.4 GiB, 100 MiB/s'],
  ['nothing is left of what is done', { share: 1 }, 'reading: 100 %, 700 MiB of 1.4 GiB, 100 MiB/s'],
  ['a share alone', { done: null, all: null }, 'reading: 50 %, 7 s left'],
  ['nothing at all', { share: null, done: null, all: null, seconds: 0 }, 'reading'],
] as const)('%s', (_, over, line) => {
  expect(plainLine(facts(over))).toBe(line)
})

test.each([
  [0.2, '1 s'],
  [89, '89 s'],
  [90, '2 min'],
  [3600, '60 min'],
  [7800, '2 h 10 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text)
})

test('the name of a file cannot move the cursor, turn the text around or forge a line', () => {
  const clock = clockAt0()
  const io = ioOf(clock)
  const { observer } = createProgress(io, 'bar')
  clock.ms = 5000
  observer.progress("reading '\u001b[2J\n\u202eevil\u009b'", 0.5, null)
  expect(io.stderr.replace(CLEAR, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(io.stderr.replace(CLEAR, '').length).toBeLessThanOrEqual(79)
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
