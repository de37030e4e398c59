import { EXIT } from '../errors.ts'

const exitCodes = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const
type CaughtSignal = keyof typeof exitCodes

/** What `process` offers here; tests pass an emitter. */
export interface SignalSource {
  readonly pid: number
  on(signal: CaughtSignal, listener: () => void): unknown
  removeListener(signal: CaughtSignal, listener: () => void): unknown
  kill(pid: number, signal: CaughtSignal): unknown
}

export interface Interrupts {
  /** Aborts on the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal
  /** The exit code of the signal that was caught, `null` while none was. */
  exitCode(): number | null
  /** Stops listening. */
  dispose(): void
}

/** Turns the first Ctrl-C or SIGTERM into an abort, so that temporary files are removed; the second kills at once. */
export function watchInterrupts(source: SignalSource = process): Interrupts {
  const controller = new AbortController()
  let caught: CaughtSignal | null = null
  const listeners = (Object.keys(exitCodes) as CaughtSignal[]).map((name) => {
    const listener = (): void => {
      if (caught !== null) {
        dispose()
        source.kill(source.pid, name)
        return
      }
      caught = name
      controller.abort()
    }
    source.on(name, listener)
    return { name, listener }
  })
  const dispose = (): void => {
    for (const { name, listener } of listeners) source.removeListener(name, listener)
  }
  return {
    signal: controller.signal,
    exitCode: () => (caught === null ? null : exitCodes[caught]),
    dispose,
  }
}
