import { constants } from 'node:fs'
import { access, mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ScanError } from '../errors.ts'
import type { ScanResult } from '../model.ts'
import { limit } from '../report/limit.ts'
import { PIVOT_FILES, type Pivot, pivot } from '../report/pivot.ts'
import { reports } from '../report/registry.ts'
import { plural } from '../report/table/words.ts'
import { folderProblem, MISSING, reasonOf } from './folder.ts'
import type { Io } from './io.ts'
import type { ScanFlags } from './options.ts'
import { openOutput } from './write-output.ts'

/** Where the lists to search with go (`--pivot`). */
export interface PivotFolder {
  /**
   * Writes the lists of the networks that the table report shows, each whole or not at all, and says on standard error
   * what is in none.
   *
   * @param result with its values whole
   */
  write(result: ScanResult, signal: AbortSignal): Promise<void>
}

/**
 * Checks the folder before the scan begins; it is made, if missing, when there is something to write.
 *
 * @param inputs files that must not be written over
 * @returns `null` without `--pivot`
 * @throws ScanError OUTPUT_UNWRITABLE; USAGE if a report or the rejects go into a file of the same name
 */
export async function openPivot(flags: ScanFlags, io: Io, inputs: readonly string[]): Promise<PivotFolder | null> {
  const { pivot: folder } = flags
  if (folder === undefined) return null
  const present = await stat(folder).catch(() => null)
  await checkFolder(folder, present === null ? dirname(folder) : folder)
  checkOthers(folder, flags)
  if (present !== null) for (const name of PIVOT_FILES) await openOutput(join(folder, name), io, inputs)
  return { write: (result, signal) => writePivot(folder, { result, flags, io, inputs, signal }) }
}

async function checkFolder(folder: string, needed: string): Promise<void> {
  const problem = await folderProblem(needed)
  if (problem === null) return
  const what = problem === MISSING ? `the folder '${needed}' ${MISSING}` : `'${needed}' ${problem}`
  const hint = problem === MISSING ? `Create it: mkdir -p '${needed}'` : 'Name a folder that you may write to.'
  throw new ScanError('OUTPUT_UNWRITABLE', `--pivot '${folder}': ${what}`, hint)
}

/** Of two that are written to one file, one would be lost. */
function checkOthers(folder: string, { output, also = [], rejects }: ScanFlags): void {
  const own = new Set(PIVOT_FILES.map((name) => resolve(folder, name)))
  for (const other of [output, rejects, ...also]) {
    if (other !== undefined && own.has(resolve(other))) {
      throw new ScanError('USAGE', `--pivot writes '${other}' too`, 'Name another file for the report.')
    }
  }
}

interface Writing {
  readonly result: ScanResult
  readonly flags: ScanFlags
  readonly io: Io
  readonly inputs: readonly string[]
  readonly signal: AbortSignal
}

async function writePivot(folder: string, { result, flags, io, inputs, signal }: Writing): Promise<void> {
  const minSeverity = flags.minSeverity ?? reports.table.minSeverity
  const made = pivot(limit(result, { minSeverity, top: flags.top ?? null, onlyNews: flags.sinceLast === true }), {
    reveal: flags.reveal === true,
  })
  await makeFolder(folder)
  for (const [name, text] of made.files) {
    const output = await openOutput(join(folder, name), io, inputs)
    await output.write(text, signal)
  }
  // A list of an earlier run beside the lists of this one would be taken for one of them.
  for (const name of made.leftOut) await rm(join(folder, name), { force: true }).catch(failAt(folder))
  if (flags.quiet !== true) io.err(notes(folder, made))
}

const makeFolder = async (folder: string): Promise<void> => {
  const isThere = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!isThere) await mkdir(folder).catch(failAt(folder))
}

const failAt = (folder: string) => (error: unknown) => {
  const hint = 'Name a folder that you may write to.'
  throw new ScanError('OUTPUT_UNWRITABLE', `--pivot '${folder}': ${reasonOf(error)}`, hint, { cause: error })
}

function notes(folder: string, { leftOut, unlisted }: Pivot): string {
  const lines = [
    ...(leftOut.length > 0
      ? [`pivot: no ${leftOut.join(', ')} in ${folder}: shortened values find nothing; --reveal writes them whole`]
      : []),
    ...(unlisted > 0
      ? [`pivot: ${plural(unlisted, 'value')} in no list, since a line cannot hold it; see index.csv`]
      : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
