import type { Kind, Preset } from '../formats/preset.ts'
import type { Source } from '../sources/source.ts'
import type { Spool } from '../sources/spool.ts'
import { openPart, type Part, type PartWriter } from './part-writer.ts'
import type { FilePlan } from './plan.ts'

/** Copies that the engine reads in one query; with more files than that, files of one role share a copy. */
const MAX_PARTS = 16

/** The copies that are being written. */
export interface Parts {
  /** What records of that preset (`null`: by columns) from that file are for. */
  roleOf(file: number, preset: Preset | null): Source['role']
  /** The copy that they go to, begun when first asked for. */
  writer(file: number, preset: Preset | null): PartWriter
  /** All copies, in the order in which they were begun. */
  close(): Promise<readonly Part[]>
  destroy(): void
}

/**
 * Copies by role, and by file while there are few. A file of several formats gives records of several roles: those of an
 * edge go where the edge's go.
 */
export function createParts(
  plans: readonly FilePlan[],
  files: number,
  { spool, mayJoin }: { readonly spool: Spool; readonly mayJoin: boolean },
): Parts {
  const writers = new Map<string, PartWriter>()
  const hasOwn = files <= MAX_PARTS
  const roleOf = (file: number, preset: Preset | null): Source['role'] => {
    const { role } = plans[file]!.source
    return preset === null ? role : roleOfRecord(role, preset.kind, mayJoin)
  }
  return {
    roleOf,
    writer(file, preset) {
      const role = roleOf(file, preset)
      const mergesRows = preset?.mergesRows === true
      const key = `${hasOwn ? file : ''} ${role} ${mergesRows}`
      let writer = writers.get(key)
      if (writer === undefined) {
        const { name } = plans[file]!.source
        writer = openPart({ spool, role, name, mergesRows, keepsOrigins: mayJoin && role === 'log' })
        writers.set(key, writer)
      }
      return writer
    },
    close: () => Promise.all([...writers.values()].map((writer) => writer.close())),
    destroy() {
      for (const writer of writers.values()) writer.destroy()
    },
  }
}

/** A side file stays one whatever is in it; in a log the record's own kind decides. */
function roleOfRecord(role: Source['role'], kind: Kind, mayJoin: boolean): Source['role'] {
  if (role === 'accounts') return role
  if (kind === 'edge') return mayJoin ? 'edge' : 'log'
  return kind === 'request' ? 'log' : 'accounts'
}
