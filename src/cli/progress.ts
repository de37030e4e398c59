import type { StepBytes } from '../progress.ts'
import { safeText } from '../report/safe-text.ts'
import type { ScanObserver } from '../scan.ts'
import type { Io } from './io.ts'
import type { CommonFlags } from './options.ts'
import { barLine, plainLine, type StepFacts } from './progress-line.ts'
import { wantsUnicode } from './terminal.ts'

/** One line that moves, on a terminal; lines, for a file or a log; or nothing. */
export type ProgressMode = 'bar' | 'lines' | 'none'

export interface Progress {
  /** To be passed to the scan. */
  readonly observer: Required<Pick<ScanObserver, 'stage' | 'progress'>>
  /** False if nothing is ever said. */
  readonly isShown: boolean
  /** Takes the line away; nothing is drawn after it. */
  stop(): void
}

/** `--quiet` and `--no-progress` > `--progress` > a terminal that can go back in its line. */
export function progressMode(io: Pick<Io, 'stderrIsTerminal' | 'env'>, flags: CommonFlags): ProgressMode {
  if (flags.quiet === true || flags.progress === false) return 'none'
  if (flags.progress === true) return 'lines'
  return io.stderrIsTerminal && io.env.TERM !== 'dumb' ? 'bar' : 'none'
}

/** Short work shows no bar at all. */
const QUIET_MS = 500
const REDRAW_MS = 100
const LINE_MS = 1000
const CLEAR = '\r\u001b[2K'
const DEFAULT_COLUMNS = 80

const SILENT: Progress = { isShown: false, observer: { stage: () => {}, progress: () => {} }, stop: () => {} }

/** Says on standard error how far the work is. */
export function createProgress(io: Io, mode: ProgressMode): Progress {
  if (mode === 'none') return SILENT
  const track = createTrack(io)
  let drawnMs = io.nowMs() + (mode === 'bar' ? QUIET_MS - REDRAW_MS : -LINE_MS)
  let last = ''
  let isDrawn = false
  let isStopped = false
  const draw = (facts: StepFacts, isDue: boolean): void => {
    if (isStopped || !(isDue || io.nowMs() - drawnMs >= (mode === 'bar' ? REDRAW_MS : LINE_MS))) return
    drawnMs = io.nowMs()
    isDrawn = true
    const columns = Math.max(20, io.columns ?? DEFAULT_COLUMNS) - 1
    const text = mode === 'bar' ? CLEAR + barLine(facts, columns) : `${plainLine(facts)}\n`
    if (text !== last) io.err(text)
    last = text
  }
  return {
    isShown: true,
    observer: {
      stage: (name) => draw(track.stage(name), mode === 'lines'),
      progress: (step, share, bytes) => draw(track.step(step, share, bytes), false),
    },
    stop: () => {
      if (isDrawn && mode === 'bar') io.err(CLEAR)
      isStopped = true
    },
  }
}

/** Remembers when the running step began, and how much the process had read by then. */
function createTrack(io: Io) {
  const ascii = !wantsUnicode(io.env, io.platform)
  let stage = ''
  let step = ''
  let sinceMs = 0
  let readBefore: number | null = null
  const readNow = (bytes: StepBytes | null): number | null => {
    const read = bytes === null ? null : io.bytesRead()
    return read === null ? null : read - bytes!.beside
  }
  const begin = (name: string, bytes: StepBytes | null): void => {
    step = name
    sinceMs = io.nowMs()
    readBefore = readNow(bytes)
  }
  /** What the engine does not say, the system does: what the process read since, less what was read for hashes. */
  const doneOf = (bytes: StepBytes): number | null => {
    if (bytes.done !== null) return bytes.done
    const now = readNow(bytes)
    return now === null || readBefore === null ? null : Math.max(0, now - readBefore)
  }
  return {
    stage: (name: string): StepFacts => {
      stage = name
      begin('', null)
      return { label: name, share: null, done: null, all: null, rows: null, seconds: 0 }
    },
    step: (name: string, share: number | null, bytes: StepBytes | null): StepFacts => {
      if (name !== step) begin(name, bytes)
      const counted = bytes === null ? null : doneOf(bytes)
      const all = bytes?.all ?? null
      // More than there is: the step goes over its input again, and nobody knows how far.
      const done = counted !== null && all !== null && counted > all * 1.05 ? null : counted
      return {
        label: safeText(labelOf(stage, name), { maxLength: 100, ascii }),
        share: done !== null && all !== null && all > 0 ? Math.min(1, done / all) : share,
        ...{ done, all, rows: bytes?.rows ?? null },
        seconds: (io.nowMs() - sinceMs) / 1000,
      }
    },
  }
}

/** The name of a step that begins with that of its stage says enough. */
const labelOf = (stage: string, step: string): string => (step.startsWith(stage) ? step : `${stage}: ${step}`)
