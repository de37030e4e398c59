import type { ScanObserver } from '../scan.ts'
import type { Io } from './io.ts'

export interface Progress {
  /** To be passed to the scan. */
  readonly observer: Required<Pick<ScanObserver, 'stage' | 'progress'>>
  /** Takes the line away; nothing is drawn after it. */
  stop(): void
}

/** Short work shows no bar at all. */
const QUIET_MS = 500
const REDRAW_MS = 100
const BAR = 24
const CLEAR = '\r\u001b[2K'

/**
 * One line on standard error that says how far the work is.
 *
 * @param isWanted false with `--quiet`; without a terminal nothing is drawn either way
 */
export function createProgress(io: Io, isWanted: boolean): Progress {
  const isShown = isWanted && io.stderrIsTerminal && io.env.TERM !== 'dumb'
  const startedMs = io.nowMs()
  let drawnMs = startedMs + QUIET_MS - REDRAW_MS
  let isDrawn = false
  let isStopped = false
  let stage = ''
  const draw = (text: string): void => {
    if (!isShown || isStopped || io.nowMs() - drawnMs < REDRAW_MS) return
    drawnMs = io.nowMs()
    isDrawn = true
    io.err(CLEAR + text.slice(0, Math.max(20, io.columns ?? 80) - 1))
  }
  return {
    observer: {
      stage: (name) => {
        stage = name
        draw(stage)
      },
      progress: (step, share) => draw(progressLine(step, share)),
    },
    stop: () => {
      if (isDrawn) io.err(CLEAR)
      isStopped = true
    },
  }
}

/** `reading  [############------------]  50 %`; a share of at most 1. */
export function progressLine(step: string, share: number): string {
  const done = Math.min(1, Math.max(0, share))
  const filled = Math.floor(done * BAR)
  const bar = '#'.repeat(filled) + '-'.repeat(BAR - filled)
  return `${step}  [${bar}] ${String(Math.floor(done * 100)).padStart(3)} %`
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Three digits or so: `312 MiB`, `1.4 GiB`. */
export function formatBytes(bytes: number): string {
  let amount = bytes
  let unit = 0
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1024
    unit++
  }
  return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[unit]}`
}
