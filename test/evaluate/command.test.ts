import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import type { Evaluation } from '../../src/evaluate/evaluation.ts'
import { recordedIo } from '../helpers/io.ts'

const folder = mkdtempSync(join(tmpdir(), 'evaluate-'))
afterAll(() => rmSync(folder, { recursive: true }))

const DEMO_LABELS = 'fixtures/demo/labels.csv'

async function run(args: readonly string[], stdin = '') {
  const io = recordedIo({ stdin: Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]) })
  const code = await main(args, io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

test('a scan into evaluate: everybody in the demo is found, and nobody else is at high', async () => {
  const scanned = await run([
    ...['fixtures/demo/logs.ndjson', '--accounts', 'fixtures/demo/accounts.csv'],
    ...['--format', 'json', '--quiet'],
  ])
  const { code, stdout, stderr } = await run(
    ['evaluate', '-', '--labels', DEMO_LABELS, '--format', 'json', '--min-severity', 'high'],
    scanned.stdout,
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { accounts, pairs, campaigns, options } = JSON.parse(stdout) as Evaluation
  expect(options).toEqual({ minSeverity: 'high', minSize: 3 })
  expect([accounts.precision, accounts.recall, pairs.f1]).toEqual([1, 1, 1])
  expect(campaigns.map((each) => each.fragments)).toEqual([1, 1])
})

test('-o writes the table whole and nothing to standard output', async () => {
  const file = join(folder, 'figures.txt')
  const given = ['evaluate', 'fixtures/cli/evaluate/report.json', '--labels', DEMO_LABELS]
  const printed = await run([...given, '--quiet'])
  const { code, stdout } = await run([...given, '-o', file])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(readFileSync(file, 'utf8')).toBe(printed.stdout)
  expect(printed.stderr).toBe('')
})

test('names in labels cannot control the terminal', async () => {
  const labels = join(folder, 'hostile.csv')
  writeFileSync(
    labels,
    'account_id,network,kind\na,\u001b[31mred,x\nb,\u001b[31mred,x\nc,\u001b[31mred,x\nd,,\u202ekind\n',
  )
  for (const format of ['table', 'json']) {
    const { stdout } = await run(
      ['evaluate', '-', '--labels', labels, '--format', format],
      '{"schemaVersion":1,"networks":[]}',
    )
    expect(stdout).toContain('red')
    expect(['\u001b', '\u202e'].filter((char) => stdout.includes(char))).toEqual([])
  }
})

test.each([
  [['evaluate'], 'no report'],
  // A flag of other commands is not suggested, and the help is that of the command.
  [['evaluate', '--verbose'], "unknown option '--verbose'", 'See distill-scan evaluate --help.'],
  [['evaluate', '--lables', 'x'], "unknown option '--lables'", 'Did you mean --labels?'],
  [['evaluate', '-', '--labels', '-'], "standard input ('-') is named twice"],
  [['evaluate', '-', '--labels', DEMO_LABELS], "'standard input' is empty"],
  [['evaluate', 'no-such.json', '--labels', DEMO_LABELS], "no such file: 'no-such.json'"],
  [['evaluate', 'fixtures', '--labels', DEMO_LABELS], "'fixtures' is a folder", "'fixtures/report.json'"],
  [['evaluate', '-', '--labels', 'fixtures/*/labels.csv'], "'fixtures/*/labels.csv' stands for several files"],
])('%j is refused', async (args, message, hint = '') => {
  const { code, stdout, stderr } = await run(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  const [first, second] = stderr.split('\n')
  expect(first).toContain(message)
  expect(second).toContain(hint)
})
