import { createLedger, type Ledger } from './ledger.ts'
import type { Part } from './part-writer.ts'
import { createParts } from './parts.ts'
import type { FilePlan } from './plan.ts'
import { type TranslateFileOptions, translateFile } from './translate-file.ts'

export interface Translated {
  readonly parts: readonly Part[]
  /** By position of the file. */
  readonly ledgers: ReadonlyMap<number, Ledger>
}

/**
 * Reads files record by record, and writes what they say into the spool in the one form that the engine reads in place:
 * a flat object of canonical fields a line.
 *
 * @param numbers positions in `plans` of the files to read
 * @throws ScanError OUT_OF_DISK, INTERRUPTED, INPUT_UNREADABLE
 */
export async function translateFiles(
  plans: readonly FilePlan[],
  numbers: readonly number[],
  options: TranslateFileOptions,
): Promise<Translated> {
  const ledgers = new Map<number, Ledger>()
  const parts = createParts(plans, numbers.length, options)
  try {
    for (const number of numbers) {
      const ledger = createLedger(options.maxRejects)
      ledgers.set(number, ledger)
      await translateFile(plans[number]!, number, { parts, ledger }, options)
    }
    return { parts: await parts.close(), ledgers }
  } catch (error) {
    parts.destroy()
    throw error
  }
}
