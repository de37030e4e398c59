import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { EXIT, ScanError } from '../errors.ts'
import { type Column, listColumns } from '../formats/columns.ts'
import { detectMappings } from '../formats/detect.ts'
import type { FieldMapping, FieldPath } from '../formats/format.ts'
import { parseMapFlags } from '../formats/map-flags.ts'
import { matchColumns } from '../formats/match-columns.ts'
import { coverageOf } from '../networks/coverage.ts'
import { escapeJson, safeText } from '../report/safe-text.ts'
import { signals } from '../signals/registry.ts'
import { resolveInputs, STDIN } from '../sources/resolve.ts'
import { sniff } from '../sources/sniff.ts'
import type { Source } from '../sources/source.ts'
import { openSpool, type Spool } from '../sources/spool.ts'
import { spoolStream } from '../sources/spool-stream.ts'
import type { CommandContext } from './context.ts'
import { describeFile, type InspectedFile, type Inspection } from './inspection.ts'
import { renderInspection } from './inspection-text.ts'
import type { InspectFlags } from './options.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'

/**
 * `distill-scan inspect FILES…`: says how the files would be read, from their beginnings alone.
 *
 * @returns 0, or 2 if one of them could not be scanned as it is
 */
export async function runInspect(
  files: readonly string[],
  flags: InspectFlags,
  { io, signal }: CommandContext,
): Promise<number> {
  const accounts = flags.accounts ?? []
  if (files.length === 0 && accounts.length === 0) {
    throw new ScanError('USAGE', 'no input file', 'Name the files to inspect, or - for standard input.')
  }
  const map = parseMapFlags(flags.map ?? [])
  const spool = openSpool()
  try {
    const found: Found[] = []
    for (const [names, role] of [[files, 'log'] as const, [accounts, 'accounts'] as const]) {
      const { paths, warnings } = await resolveInputs(names)
      for (const warning of warnings) io.err(`warning: ${safeText(warning)}\n`)
      for (const name of paths) found.push(await recognise({ name, role, io, spool, signal }))
    }
    const inspection = inspectSources(found, map)
    await io.out(flags.format === 'json' ? renderJson(inspection) : renderInspection(inspection, styleOf(flags, io)))
    return inspection.files.some((file) => file.problem !== null) ? EXIT.cannotRun : EXIT.ok
  } finally {
    await spool.dispose()
  }
}

const styleOf = (flags: InspectFlags, io: CommandContext['io']) => ({
  width: reportWidth(io.env, io.stdoutIsTerminal ? io.columns : null),
  color: wantsColor({ flag: flags.color, env: io.env, isTerminal: io.stdoutIsTerminal }),
  unicode: wantsUnicode(io.env, io.platform),
})

const renderJson = (inspection: Inspection): string => `${escapeJson(JSON.stringify(inspection, null, 2))}\n`

interface Found {
  readonly source: InspectedFile['source']
  readonly rewritten: string | null
}

interface Wanted {
  readonly name: string
  readonly role: Source['role']
  readonly io: CommandContext['io']
  readonly spool: Spool
  readonly signal: AbortSignal
}

/** Looks at the beginning of a file where it is; what can be read only once is copied first. */
async function recognise({ name, role, io, spool, signal }: Wanted): Promise<Found> {
  const present = name === STDIN ? null : await stat(name)
  let path = name
  let bytes = present?.size ?? 0
  if (present === null || !present.isFile()) {
    const stream = name === STDIN ? io.stdin : createReadStream(name)
    const copy = await spoolStream(stream, { spool, name, signal })
    path = copy.path
    bytes = copy.bytes
  }
  const { container, compression, dialect, sample, rewrite } = await sniff(path, name)
  if (container === 'empty') throw new ScanError('INPUT_EMPTY', `'${name}' is empty`, 'Export it again.')
  return { source: { name, role, bytes, container, compression, dialect, sample }, rewritten: rewrite?.why ?? null }
}

/**
 * Maps all files together, as a scan does; if one of them cannot be mapped, each on its own, so that what can be said of
 * the others is said.
 */
function inspectSources(found: readonly Found[], map: Readonly<Record<string, string>>): Inspection {
  const sources = found.map((each) => each.source as Source)
  const together = tryMapping(() => detectMappings(sources, map))
  const alone = sources.map((source) => {
    const mapped = tryMapping(() => detectMappings([source], map))
    return mapped.mappings === null ? tryMapping(() => detectMappings([source])) : mapped
  })
  const isOneFileToBlame = alone.some((each) => each.problem !== null)
  if (together.problem !== null && !isOneFileToBlame) throw together.problem // a --map column that no file has
  const files = found.map(({ source, rewritten }, i) => {
    const mapping = together.mappings?.[i] ?? alone[i]?.mappings?.[0]
    const problem = mapping === undefined ? (alone[i]?.problem ?? null) : null
    return {
      source,
      rewritten,
      columnsOf: columnsOf(sources[i] as Source, mapping),
      problem,
      notes: mapping?.notes ?? [],
    }
  })
  const present = new Set(files.flatMap((file) => [...file.columnsOf.keys()]))
  return { schemaVersion: 1, files: files.map(describeFile), families: coverageOf(signals, present) }
}

type Mapped =
  | { readonly mappings: readonly FieldMapping[]; readonly problem: null }
  | { readonly mappings: null; readonly problem: ScanError }

function tryMapping(detect: () => readonly FieldMapping[]): Mapped {
  try {
    return { mappings: detect(), problem: null }
  } catch (error) {
    if (error instanceof ScanError && error.code === 'INPUT_UNMAPPED') return { mappings: null, problem: error }
    throw error
  }
}

/** The columns behind each field; without a mapping, those that are known by name. */
function columnsOf(source: Source, mapping: FieldMapping | undefined): ReadonlyMap<string, readonly Column[]> {
  const columns = listColumns(source)
  if (mapping === undefined) return matchColumns(source, columns)
  const behind = (paths: readonly FieldPath[]): Column[] =>
    paths.flatMap((path) => columns.filter((column) => isSame(path, column)))
  return new Map(Object.entries(mapping.fields).map(([field, paths]) => [field, behind(paths)]))
}

const isSame = (a: FieldPath, b: FieldPath): boolean =>
  a.column === b.column && a.index === b.index && a.path.join('\0') === b.path.join('\0')
