import type { Evidence, EvidenceEngine, MappedSource } from './evidence/engine.ts'
import { detectMappings } from './formats/detect.ts'
import { rewriteDamaged } from './sources/rewrite.ts'
import { type Salvaged, salvageCsv } from './sources/salvage.ts'
import type { Source } from './sources/source.ts'
import type { Spool } from './sources/spool.ts'

/** Evidence, and what the careful reader had to leave out on the way. */
export interface Collected {
  readonly evidence: Evidence
  readonly mapped: readonly MappedSource[]
  /** By position of the source; only for files that were read again. */
  readonly salvaged: ReadonlyMap<number, Pick<Salvaged, 'rejected' | 'first'>>
  readonly notes: readonly string[]
}

/** Recognises the columns of each file and reads all of them; files the engine cannot read whole are rewritten first. */
export async function collectCarefully(input: {
  readonly engine: EvidenceEngine
  readonly sources: readonly Source[]
  readonly map: Readonly<Record<string, string>>
  readonly spool: Spool
  readonly signal: AbortSignal | undefined
}): Promise<Collected> {
  const mappings = detectMappings(input.sources, input.map)
  let mapped: MappedSource[] = input.sources.map((source, i) => ({ source, mapping: mappings[i]! }))
  const salvaged = new Map<number, Salvaged>()
  const notes: string[] = []
  for (let attempt = 0; ; attempt++) {
    const evidence = await input.engine.collect(mapped)
    const damaged = evidence.intake.flatMap(({ damaged }, number) => (damaged ? [number] : []))
    if (damaged.length === 0) return { evidence, mapped, salvaged, notes }
    if (attempt === MAX_ATTEMPTS)
      throw new Error(`'${mapped[damaged[0]!]!.source.name}' is still damaged after ${attempt} rewritings`)
    for (const number of damaged) {
      const { source, mapping } = mapped[number]!
      const isBroken = source.container === 'ndjson' || (attempt === 0 && source.compression !== 'none')
      if (isBroken) {
        const rewritten = await rewriteDamaged(source, input.spool, input.signal)
        notes.push(rewritten.note)
        mapped = mapped.with(number, { source: rewritten.source, mapping })
      } else {
        const saved = await salvageCsv(source, input.spool, input.signal)
        salvaged.set(number, saved)
        mapped = mapped.with(number, { source: saved.source, mapping })
      }
    }
  }
}

/** A compressed delimited file may need both rewritings: one for its compression, one for its records. */
const MAX_ATTEMPTS = 2
