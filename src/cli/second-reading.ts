import { resolveConfig } from '../config.ts'
import { ScanError } from '../errors.ts'
import type { Preset } from '../formats/preset.ts'
import { hashPreset } from '../intake/record-reading.ts'
import type { SavedInput, VerifiableReport } from '../saved/report.ts'
import type { ScanOptions } from '../scan.ts'
import { printable } from '../sources/printable.ts'
import type { InputCheck } from '../verify/verification.ts'
import type { ConfigFile } from './config/file.ts'
import { checkTempDirectory } from './scan-options.ts'
import type { VerifyFlags } from './verify-options.ts'

/**
 * The options of a scan that reads the inputs of a report as they were read for it: settings, seed, columns and presets are
 * the report's, the machine's bounds are those of the flags.
 *
 * @param checks of the report's inputs, each with the file that has its bytes
 * @throws ScanError CONFIG_INVALID for a preset that `--config` does not hold as it was; USAGE
 */
export async function secondReadingOf(
  report: VerifiableReport,
  checks: readonly InputCheck[],
  flags: VerifyFlags,
): Promise<Omit<ScanOptions, 'observer' | 'signal'>> {
  await checkTempDirectory(flags.tempDir)
  const named = report.inputs.map((input, i) => ({ input, file: checks[i]!.file! }))
  const filesOf = (givenAs: 'log' | 'accounts'): string[] =>
    named.filter(({ input }) => givenAsOf(input) === givenAs).map(({ file }) => file)
  const { map = {}, columns = null } = report.reading ?? {}
  const config = {
    ...report.settings,
    seed: report.seed,
    ...(flags.memory === undefined ? {} : { memoryMiB: flags.memory }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
  }
  checkSettings(report, config)
  return {
    inputs: filesOf('log'),
    accounts: filesOf('accounts'),
    map,
    inputFormats: Object.fromEntries(
      named.flatMap(({ input: { inputFormat = null }, file }) => (inputFormat === null ? [] : [[file, inputFormat]])),
    ),
    presets: presetsOf(report, flags.configFile),
    config,
    allowEmpty: true, // a report of nothing was allowed to be one
    ...(columns === null ? {} : { columns }),
    ...(flags.tempDir === undefined ? {} : { tempDirectory: flags.tempDir }),
  }
}

function checkSettings({ tool }: VerifiableReport, config: Readonly<Record<string, unknown>>): void {
  try {
    resolveConfig(config)
  } catch (error) {
    if (!(error instanceof ScanError)) throw error
    const hint = `Verify it with the version that made it: ${tool.version}.`
    throw new ScanError('CONFIG_INVALID', `the report's settings: ${error.message}`, hint, { cause: error })
  }
}

/** Earlier builds did not note it: side files are taken for what they were found to be. */
const givenAsOf = ({ givenAs, role }: SavedInput): 'log' | 'accounts' =>
  givenAs ?? (role === 'accounts' ? 'accounts' : 'log')

/** Those that the report names: more would change what the records are taken for. */
function presetsOf({ reading }: VerifiableReport, file: ConfigFile | undefined): readonly Preset[] {
  const wanted = reading?.presets ?? []
  if (wanted.length === 0) return []
  const { presets = [] } = file ?? {}
  return wanted.map(({ id, sha256 }) => {
    const preset = presets.find((each) => each.id === id && hashPreset(each) === sha256)
    if (preset !== undefined) return preset
    const isThere = presets.some((each) => each.id === id)
    throw new ScanError(
      'CONFIG_INVALID',
      `the report was made with a preset '${printable(id, 60)}'${isThere ? ' that was another one' : ''}`,
      'Name the file that held it then: --config FILE.',
    )
  })
}
