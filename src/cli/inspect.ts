import { Readable } from 'node:stream'
import { EXIT, ScanError } from '../errors.ts'
import { coverageOf } from '../networks/coverage.ts'
import { prepareInputs } from '../prepare.ts'
import { escapeJson, safeText } from '../report/safe-text.ts'
import { orderSignals } from '../signals/order-registry.ts'
import { signals } from '../signals/registry.ts'
import type { Hasher } from '../sources/hash.ts'
import { openSpool } from '../sources/spool.ts'
import type { CommandContext } from './context.ts'
import { describeFile, type Inspection } from './inspection.ts'
import { renderInspection } from './inspection-text.ts'
import type { InspectFlags } from './options.ts'
import { scanOptionsOf } from './scan-options.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'

/**
 * `distill-scan inspect FILES…`: says how the files would be read, from their beginnings alone.
 *
 * @returns 0, or 2 if one of them could not be scanned as it is
 */
export async function runInspect(
  files: readonly string[],
  flags: InspectFlags,
  context: CommandContext,
): Promise<number> {
  const { io, signal } = context
  if (files.length === 0 && (flags.accounts ?? []).length === 0) {
    throw new ScanError('USAGE', 'no input file', 'Name the files to inspect, or - for standard input.')
  }
  const { options, config } = await scanOptionsOf(files, flags, context)
  const spool = openSpool()
  try {
    const stdin = (options.stdin ?? Readable.from([])) as Readable
    const { plans, warnings, reading } = await prepareInputs({
      ...options,
      config,
      stdin,
      signal,
      spool,
      hasher: NO_HASHES,
    })
    for (const warning of warnings) io.err(`warning: ${safeText(warning)}\n`)
    if (plans.length === 0) throw new ScanError('INPUT_EMPTY', 'all inputs are empty', 'Export them again.')
    const described = plans.map((plan) => describeFile(plan, reading.isTrusted))
    const filled = described.flatMap(({ fields }) => fields.filter((each) => each.filled > 0))
    const present = presentFields(filled.map(({ field }) => field))
    const inspection: Inspection = {
      schemaVersion: 1,
      files: described,
      families: coverageOf([...signals, ...orderSignals], present),
    }
    await io.out(flags.format === 'json' ? renderJson(inspection) : renderInspection(inspection, styleOf(flags, io)))
    return described.some(({ problem }) => problem !== null) ? EXIT.cannotRun : EXIT.ok
  } finally {
    await spool.dispose()
  }
}

/** Hashes are made of texts where there are none. */
const presentFields = (filled: readonly string[]): ReadonlySet<string> =>
  new Set(filled.flatMap((field) => [field, ...(HASH_OF[field] ?? [])]))

const HASH_OF: Readonly<Record<string, readonly string[]>> = {
  system_prompt: ['system_prompt_hash'],
  user_prompt: ['prompt_hash'],
}

/** An inspection says nothing of a whole file. */
const NO_HASHES: Hasher = { hash: () => Promise.resolve(''), hashedBytes: () => 0, close: () => Promise.resolve() }

const styleOf = (flags: InspectFlags, io: CommandContext['io']) => ({
  width: reportWidth(io.env, io.stdoutIsTerminal ? io.columns : null),
  color: wantsColor({ flag: flags.color, env: io.env, isTerminal: io.stdoutIsTerminal }),
  unicode: wantsUnicode(io.env, io.platform),
})

const renderJson = (inspection: Inspection): string => `${escapeJson(JSON.stringify(inspection, null, 2))}\n`
