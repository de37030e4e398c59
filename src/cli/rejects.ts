import { escapeJson } from '../report/safe-text.ts'
import type { RejectedRecord } from '../scan.ts'
import type { Io } from './io.ts'
import { openOutput } from './write-output.ts'

/** Where every rejected record is named (`--rejects`). */
export interface Rejects {
  add(reject: RejectedRecord): void
  /** Writes the file, whole or not at all; empty without rejects. */
  write(signal?: AbortSignal): Promise<void>
}

/** @returns `null` without a file name @throws ScanError OUTPUT_UNWRITABLE */
export async function openRejects(
  path: string | undefined,
  io: Io,
  inputs: readonly string[],
): Promise<Rejects | null> {
  if (path === undefined) return null
  const output = await openOutput(path, io, inputs)
  const { default: ndjson } = await import('ndjson') // for those who ask, not in every scan
  const stream = ndjson.stringify()
  const lines: string[] = []
  return {
    add({ path: file, line, reason }) {
      stream.write({ file, line: line > 0 ? line : null, reason })
      lines.push(String(stream.read()))
    },
    write: (signal) => output.write(escapeJson(lines.join('')), signal),
  }
}
