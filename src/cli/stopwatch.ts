/** Time per stage, in the order in which the stages began. */
export interface Stopwatch {
  /** Ends the running stage and begins another; a stage that comes back goes on. */
  begin(stage: string): void
  /** Ends the running stage. */
  stop(): void
  readonly stages: readonly { readonly name: string; readonly ms: number }[]
  /** From creation to the last `begin` or `stop`. */
  totalMs(): number
}

export function createStopwatch(nowMs: () => number): Stopwatch {
  const startedMs = nowMs()
  const times = new Map<string, number>()
  let running: string | null = null
  let sinceMs = startedMs
  const stop = (): void => {
    const now = nowMs()
    if (running !== null) times.set(running, (times.get(running) ?? 0) + now - sinceMs)
    running = null
    sinceMs = now
  }
  return {
    begin: (stage) => {
      stop()
      running = stage
      if (!times.has(stage)) times.set(stage, 0)
    },
    stop,
    get stages() {
      return [...times].map(([name, ms]) => ({ name, ms }))
    },
    totalMs: () => sinceMs - startedMs,
  }
}
