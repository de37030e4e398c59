import { Readable } from 'node:stream'
import type { Io } from '../../src/cli/io.ts'

/** A process that exists only in memory; what was written can be read from it. */
export interface RecordedIo extends Io {
  readonly stdout: string
  readonly stderr: string
}

/** No terminal, no environment, 80 columns unknown, a clock that adds 10 ms per look, and New Year 2030. */
export function recordedIo(over: Partial<Io> = {}): RecordedIo {
  let stdout = ''
  let stderr = ''
  let ms = 0
  return {
    env: {},
    platform: 'linux',
    stdin: Readable.from([]),
    stdinIsTerminal: false,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: null,
    out: async (text) => {
      stdout += text
    },
    err: (text) => {
      stderr += text
    },
    nowMs: () => (ms += 10),
    clockMs: () => Date.UTC(2030, 0, 1),
    peakMemoryBytes: () => 128 * 2 ** 20,
    bytesRead: () => null,
    close: () => {},
    ...over,
    get stdout() {
      return stdout
    },
    get stderr() {
      return stderr
    },
  }
}
