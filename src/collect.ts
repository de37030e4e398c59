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
  const isSound = new Set<number>()
  for (let attempt = 0; ; attempt++) {
    const evidence = await input.engine.collect(mapped)
    const damaged = evidence.intake.flatMap(({ damaged }, number) => (damaged ? [number] : []))
    if (damaged.length === 0) return { evidence, mapped, salvaged, notes }
    if (attempt === MAX_ATTEMPTS) throw new Error(`'${mapped[damaged[0]!]!.source.name}' cannot be read in any way`)
    for (const number of damaged) {
      const { mapping } = mapped[number]!
      let { source } = mapped[number]!
      if ((source.givenCompression ?? source.compression) !== 'none' && !isSound.has(number)) {
        const rewritten = await rewriteDamaged(source, input.spool, input.signal)
        if (rewritten.note !== null) notes.push(rewritten.note)
        source = rewritten.source
        isSound.add(number)
      }
      if (source.container === 'csv') {
        const saved = await salvageCsv(source, input.spool, input.signal)
        salvaged.set(number, saved)
        source = saved.source
      }
      mapped = mapped.with(number, { source: { ...source, isCareful: true }, mapping })
    }
  }
}

/** One for files that need care; a second never helped. */
const MAX_ATTEMPTS = 2
