import { Argument, Command, Help } from 'commander'
import { version } from '../version.ts'
import { type CaseFlags, declareCase } from './case-options.ts'
import type { CommandContext } from './context.ts'
import {
  declareConfig,
  declareEvaluate,
  declareExplain,
  declareFormats,
  declareInspect,
  declareScan,
  declareSql,
  type EvaluateFlags,
  type ExplainFlags,
  type FormatsFlags,
  type InspectFlags,
  type ScanFlags,
  type SqlFlags,
} from './options.ts'
import { declareSimulate, type SimulateFlags } from './simulate-options.ts'
import { declareVerify, type VerifyFlags } from './verify-options.ts'

/** What the command line came to. */
export interface Outcome {
  exitCode: number
  /** Help and version texts for standard output, to be written once parsing is over. */
  readonly texts: string[]
}

/** Examples and exit codes, below the help; the man page holds them, too. */
export const EXAMPLES = `
Examples:
  $ distill-scan logs.ndjson
  $ distill-scan 'logs/*.ndjson.gz' --accounts accounts.csv -o report.txt
  $ zcat export.gz | distill-scan - --format ndjson --min-severity high | jq -r '.accounts[]'
  $ distill-scan tonight.csv --map account_id=customer --fail-on high --quiet
  $ distill-scan tonight.ndjson --baseline yesterday.json --fail-on high -o tonight.json
  $ distill-scan requests.ndjson edge.ndjson charges.csv users.csv
  $ distill-scan tonight.ndjson.zst --case case.duckdb --since-last --fail-on high
  $ distill-scan --clickhouse https://reader@ch.example:8443/logs --table requests
  $ distill-scan inspect logs.csv
  $ distill-scan config --memory 900
  $ distill-scan explain acct_81ae57 --from report.json
  $ distill-scan simulate --preset demo --out demo
  $ distill-scan evaluate report.json --labels demo/labels.csv
  $ distill-scan verify report.json logs.ndjson accounts.csv

Exit codes:
  0    the report is written
  1    --fail-on: a network of that severity or above was found; with an earlier
       report, one that is new, grown, merged or split; verify: differs
  2    could not run: bad flag, missing, empty or unreadable input, unwritable output;
       or a line of --known has ended and still matters (the report is written)
  3    ran, but more records were unreadable than --max-reject-rate accepts
  70   internal error
  130  interrupted (143: terminated)
  Errors outrank findings.

The report goes to standard output, everything else to standard error.
A network is suspected, never proven: check before you act on it.`

/** The command line, every command loaded only when it runs, so that help is fast. */
export function buildProgram(context: CommandContext, outcome: Outcome): Command {
  const program = new Command('distill-scan')
  let scanCommand: Command | null = null
  program
    .description(
      'Groups requests by account fingerprint and payment signals, and ranks suspected networks of accounts.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => outcome.texts.push(text),
      writeErr: () => {}, // errors are printed once, in main
      getOutHelpWidth: () => context.io.columns ?? 80,
    })
    .configureHelp({
      // `scan` is the default command: its flags are the program's
      visibleOptions: (command) => [
        ...(command === program ? (scanCommand?.options ?? []) : []),
        ...plainHelp.visibleOptions(command),
      ],
    })
    .hook('preAction', async (_, command) => (await import('./config/apply.ts')).applyConfig(command, context))
    .usage('[command] [options] <files...>')
    .addHelpText('after', EXAMPLES)
  scanCommand = declareScan(program.command('scan', { isDefault: true }))
    .description('report suspected networks (the default command)')
    .action(async (files: string[], flags: ScanFlags) => {
      const { runScan } = await import('./scan.ts')
      outcome.exitCode = await runScan(files, flags, context)
    })
  addCommands(program, context, outcome)
  addCase(program, context, outcome)
  return program
}

/** Every command but `scan`. */
function addCommands(program: Command, context: CommandContext, outcome: Outcome): void {
  declareInspect(program.command('inspect'))
    .description('say how files are read: format, columns, fields, what is missing')
    .action(async (files: string[], flags: InspectFlags) => {
      const { runInspect } = await import('./inspect.ts')
      outcome.exitCode = await runInspect(files, flags, context)
    })
  declareFormats(program.command('formats'))
    .description('list the formats that are recognised, and the fields that each fills')
    .action(async (flags: FormatsFlags) => {
      const { runFormats } = await import('./formats.ts')
      outcome.exitCode = await runFormats(flags, context)
    })
  declareExplain(program.command('explain'))
    .description('say why an account is in a network, or how a network got its score')
    .action(async (id: string, files: string[], flags: ExplainFlags) => {
      const { runExplain } = await import('./explain.ts')
      outcome.exitCode = await runExplain(id, files, flags, context)
    })
  declareConfig(program.command('config'))
    .description('print the settings that a scan with these flags has, and where each comes from')
    .action(async (_files: string[], _flags: ScanFlags, command: Command) => {
      const { runConfig } = await import('./config.ts')
      outcome.exitCode = await runConfig(command, context)
    })
  declareSql(program.command('sql'))
    .description('print the evidence steps as SQL, for whoever owns the data; nothing is run')
    .action(async (files: string[], flags: SqlFlags) => {
      const { runSql } = await import('./sql.ts')
      outcome.exitCode = await runSql(files, flags, context)
    })
  declareSimulate(program.command('simulate'))
    .description('write seeded, labelled synthetic logs')
    .action(async (flags: SimulateFlags) => {
      const { runSimulate } = await import('./simulate.ts')
      outcome.exitCode = await runSimulate(flags, context)
    })
  declareEvaluate(program.command('evaluate'))
    .description('hold a JSON report against labels: precision, recall, false alarms')
    .action(async (report: string | undefined, flags: EvaluateFlags) => {
      const { runEvaluate } = await import('./evaluate.ts')
      outcome.exitCode = await runEvaluate(report, flags, context)
    })
  declareVerify(program.command('verify'))
    .description('say whether files are the inputs of a JSON report and give its result again')
    .action(async (report: string, files: string[], flags: VerifyFlags) => {
      const { runVerify } = await import('./verify.ts')
      outcome.exitCode = await runVerify(report, files, flags, context)
    })
  program
    .command('completion')
    .description('print a script that completes commands and flags at the Tab key')
    .addArgument(new Argument('<shell>', 'which shell the script is for').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { runCompletion } = await import('./completion.ts')
      outcome.exitCode = await runCompletion(shell, program, context)
    })
}

/** `case` and what can be done with one. */
function addCase(program: Command, context: CommandContext, outcome: Outcome): void {
  const command = program
    .command('case')
    .description('list, show, forget, export and import the evidence of earlier nights')
  const { list, show, forget, export: exported, import: imported } = declareCase(command)
  const load = () => import('./case.ts')
  list.action(async (path: string, flags: CaseFlags) => {
    outcome.exitCode = await (await load()).runCaseList(path, flags, context)
  })
  show.action(async (path: string, flags: CaseFlags) => {
    outcome.exitCode = await (await load()).runCaseShow(path, flags, context)
  })
  forget.action(async (path: string, flags: CaseFlags) => {
    outcome.exitCode = await (await load()).runCaseForget(path, flags, context)
  })
  exported.action(async (path: string, folder: string) => {
    outcome.exitCode = await (await load()).runCaseExport(path, folder, context)
  })
  imported.action(async (folder: string, path: string) => {
    outcome.exitCode = await (await load()).runCaseImport(folder, path, context)
  })
}

const plainHelp = new Help()

/** What is printed on standard error when no file is named at all. */
export const SHORT_HELP = `Usage: distill-scan [command] [options] <files...>

Name log files or folders, or - for standard input:
  $ distill-scan logs.ndjson --accounts accounts.csv

Commands: scan (default), inspect, formats, explain, verify, config, case, simulate,
evaluate, sql, completion. All options: distill-scan --help
`
