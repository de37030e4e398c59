import type { Evidence, EvidenceEngine, MappedSource } from './evidence/engine.ts'
import type { RejectLog } from './formats/reject-log.ts'
import { createLedger, type Ledger } from './intake/ledger.ts'
import type { Part } from './intake/part-writer.ts'
import type { FilePlan } from './intake/plan.ts'
import { translateFiles } from './intake/translate-files.ts'
import type { Prepared } from './prepare.ts'
import { locateRecords } from './sources/locate.ts'
import { printable } from './sources/printable.ts'

/** Evidence, and what became of the records of every input. */
export interface Collected {
  readonly evidence: Evidence
  readonly plans: readonly FilePlan[]
  /** In the order of `plans`. */
  readonly ledgers: readonly Ledger[]
  /** The files behind each source of the engine, in its order: positions in `plans`. */
  readonly filesOf: readonly (readonly number[])[]
}

/** The engine read a file wrongly or not to its end: one careful reading helps, a second never did. */
const MAX_ATTEMPTS = 3

/**
 * Reads all inputs: those that the engine can read where they are, there; the others record by record into a copy that it
 * can. A file in which the engine meets damage is read again with care.
 */
export async function collectCarefully(engine: EvidenceEngine, { plans, reading }: Prepared): Promise<Collected> {
  const ledgers: Ledger[] = plans.map(() => createLedger(reading.maxRejects))
  const parts: Part[] = []
  const careful = new Set<number>()
  const inPlace = new Set(plans.keys())
  let wanted = [...plans.keys()].filter((file) => plans[file]!.translatedBecause !== null)
  for (let attempt = 0; attempt <= MAX_ATTEMPTS; attempt++) {
    const translated = await translateFiles(plans, wanted, reading)
    parts.push(...translated.parts)
    for (const [file, ledger] of translated.ledgers) {
      ledgers[file] = ledger
      inPlace.delete(file)
    }
    const direct = [...inPlace].map((file) => sourceOf(plans[file]!, careful.has(file)))
    const evidence = await engine.collect([...direct, ...parts])
    const files = [...inPlace]
    const damaged = files.filter((_, i) => evidence.intake[i]!.damaged)
    if (damaged.length === 0) {
      const filesOf = [...files.map((file) => [file]), ...parts.map((part) => part.files)]
      await enterCounts({ evidence, plans, ledgers, filesOf }, parts)
      return { evidence, plans, ledgers, filesOf }
    }
    wanted = damaged.filter((file) => careful.has(file) || !canBeReadCarefully(plans[file]!))
    for (const file of damaged) careful.add(file)
  }
  throw new Error('an input cannot be read in any way')
}

/** The engine's careful reading takes each line by itself; a table or damaged compression is beyond it. */
const canBeReadCarefully = ({ source }: FilePlan): boolean =>
  source.container === 'ndjson' && source.compression === 'none'

const sourceOf = ({ source, mapping }: FilePlan, isCareful: boolean): MappedSource => ({
  source: isCareful ? { ...source, isCareful } : source,
  mapping: mapping!,
})

/** What the engine counted goes into the ledgers: of files read in place everything, of copies what it still rejected. */
async function enterCounts({ evidence, plans, ledgers, filesOf }: Collected, parts: readonly Part[]): Promise<void> {
  const firstPart = filesOf.length - parts.length
  for (const [i, intake] of evidence.intake.entries()) {
    const part = i < firstPart ? null : parts[i - firstPart]!
    if (part !== null) {
      moveRejects(intake.rejects, part, ledgers)
      continue
    }
    const file = filesOf[i]![0]!
    const ledger = ledgers[file]!
    ledger.records = intake.records
    const numbers = Array.from({ length: intake.rejects.kept }, (_, n) => intake.rejects.at(n))
    const lines = await locateRecords(
      plans[file]!.source,
      numbers.map(({ at }) => at),
    )
    for (const [n, { reason }] of numbers.entries()) ledger.rejects.add(lines[n]!, reason)
    for (const [reason, count] of intake.rejects.reasons) ledger.rejects.raise(reason, count)
  }
}

/** A request whose account no edge knew either was read, and comes to be rejected. */
function moveRejects(rejects: RejectLog, { origin, files }: Part, ledgers: readonly Ledger[]): void {
  for (let n = 0; n < rejects.kept; n++) {
    const { at, reason } = rejects.at(n)
    const { file, line } = origin?.(at - 1) ?? { file: files[0]!, line: 0 }
    ledgers[file]!.records--
    ledgers[file]!.rejects.add(line, reason)
  }
}

/** What is wrong with files as a whole, one sentence each, for standard error. */
export const damageOf = ({ plans, ledgers }: Collected): string[] =>
  ledgers.flatMap(({ damage }, i) => damage.map((what) => `'${printable(plans[i]!.source.name)}' ${what}`))

/** Hands over every reject, in the order of the inputs and of their lines. */
export async function tellRejects(
  { plans, ledgers }: Collected,
  tell: (reject: { path: string; line: number; reason: string }) => void | Promise<void>,
): Promise<void> {
  for (const [i, { rejects }] of ledgers.entries()) {
    for (let n = 0; n < rejects.kept; n++) {
      const { at: line, reason } = rejects.at(n)
      await tell({ path: plans[i]!.source.name, line, reason })
    }
  }
}
