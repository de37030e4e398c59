import { Readable } from 'node:stream'
import { resolveConfig } from '../../src/config.ts'
import { ALL_FIELDS, translateUnknown } from '../../src/formats/translate/translator.ts'
import { unwrap } from '../../src/formats/unwrap.ts'
import { createLedger, type Ledger, tally } from '../../src/intake/ledger.ts'
import type { FilePlan } from '../../src/intake/plan.ts'
import { createTranslators } from '../../src/intake/translators.ts'
import { recase } from '../../src/intake/view.ts'
import { prepareInputs, type ReadingOptions } from '../../src/prepare.ts'
import { readRecords } from '../../src/sources/records.ts'
import { openSpool } from '../../src/sources/spool.ts'

export interface VendorFile {
  readonly plan: FilePlan
  readonly ledger: Ledger
  /** Records by canonical field, all fields. */
  readonly rows: readonly Readonly<Record<string, string | number>>[]
  readonly damage: readonly string[]
}

/** Reads one file as a scan that translates it does, but with every canonical field. */
export async function readVendor(path: string, reading: Partial<ReadingOptions> = {}): Promise<VendorFile> {
  const spool = openSpool()
  const hasher = { hash: () => Promise.resolve(''), hashedBytes: () => 0, close: () => Promise.resolve() }
  try {
    const common = { config: resolveConfig({}), stdin: Readable.from([]), signal: undefined, spool, hasher }
    const prepared = await prepareInputs({ inputs: [path], ...reading, ...common })
    const [plan] = prepared.plans
    const ledger = createLedger(100)
    const rows: Readonly<Record<string, string | number>>[] = []
    const damage: string[] = []
    const how = { role: plan!.source.role, isTrusted: prepared.reading.isTrusted, mayJoin: true, fields: ALL_FIELDS }
    const translatorFor = createTranslators(plan!, false)
    const isTable = plan!.source.container === 'csv' || plan!.source.container === 'lines'
    for await (const batch of readRecords(plan!.source, { onDamage: (what) => damage.push(what) })) {
      for (const { line, value, reason } of batch) {
        if (value === null) ledger.rejects.add(line, reason === null ? '' : 'not JSON, or no known field')
        else for (const record of isTable ? [recase(value, plan!.view.recased)] : unwrap(value)) take(record, line)
      }
    }
    function take(record: Readonly<Record<string, unknown>> | null, line: number): void {
      const preset = record === null ? null : prepared.reading.recognise(record)
      if (record === null) {
        ledger.rejects.add(line, 'no object')
        return
      }
      const result = (translatorFor(preset, how) ?? translateUnknown)(record)
      if ('rejected' in result) ledger.rejects.add(line, result.rejected)
      else ledger.records++
      if ('unused' in result) tally(ledger.unused, result.unused)
      if ('values' in result) rows.push(result.values)
    }
    return { plan: plan!, ledger, rows, damage }
  } finally {
    await spool.dispose()
  }
}
