import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../src/errors.ts'
import type { ScanResult } from '../../src/model.ts'
import { REPORT_FORMATS, reports } from '../../src/report/registry.ts'
import {
  codeBlocks,
  commandLines,
  type Finished,
  readPage,
  refreshed,
  run,
  runBin,
  runLine,
  section,
  tableRows,
} from './pages.ts'
import { fileKeyTable, settingFlags, settingTable, signalTable, workedScore } from './tables.ts'

/**
 * What the README says is what the tool does. After a change of the report, the signals or the fixtures:
 * `npx vitest run test/docs -u`, then read the difference.
 */

const readme = readPage('README.md')
const DEMO = ['fixtures/demo/logs.ndjson', '--accounts', 'fixtures/demo/accounts.csv']

let demo: Finished
beforeAll(async () => {
  demo = await runBin(DEMO)
})

describe('the opening', () => {
  test('is the two commands, alone in their block', () => {
    expect(codeBlocks(readme, 'sh')[0]).toBe(
      'npm ci && npx distill-scan fixtures/demo/logs.ndjson --accounts fixtures/demo/accounts.csv\nnpm ci && npm test\n',
    )
    expect(readme.split('\n')[2]).toContain('roups requests by account fingerprint and payment signals')
  })

  test('is followed by the whole transcript of the first, and signals, settings and the worked score are those of the code', async () => {
    expect(demo.code).toBe(0)
    const { stdout: json } = await runBin([...DEMO, '--format', 'json'])
    const [first] = (JSON.parse(json) as ScanResult).networks
    const now = refreshed(readme, {
      transcript: `\`\`\`text\n${demo.stdout}\`\`\``,
      signals: signalTable(),
      worked: workedScore(first!),
      settings: settingTable(),
      keys: fileKeyTable(),
    })
    await expect(now).toMatchFileSnapshot('../../README.md')
  })

  test('shows what 80 columns show', () => {
    const [transcript] = codeBlocks(readme, 'text')
    expect(transcript!.split('\n').filter((line) => Array.from(line).length > 80)).toEqual([])
    expect(transcript).not.toContain('\u001b')
  })
})

describe('the tables', () => {
  test('output formats, and the severity from which each shows networks', () => {
    const rows = tableRows(section(readme, 'Output'))
    expect(rows.map(([format, least]) => [format, least])).toEqual(
      REPORT_FORMATS.map((format) => [format, reports[format].minSeverity]),
    )
  })

  test('settings name flags that there are', async () => {
    const { stdout: help } = await runBin(['--help'])
    expect(settingFlags().length).toBeGreaterThan(2)
    expect(settingFlags().filter((flag) => !help.includes(`${flag} `))).toEqual([])
  })

  test('exit codes', () => {
    const rows = tableRows(section(readme, 'Exit codes'))
    expect(rows.map(([exit, name]) => [exit, name])).toEqual(
      Object.entries(EXIT).map(([name, exit]) => [String(exit), name]),
    )
  })
})

describe('the commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-readme-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const lines = codeBlocks(readme, 'sh')
    .slice(1)
    .flatMap(commandLines)
    .filter(
      (line) => line.includes('npx distill-scan fixtures/') || line.includes('npx distill-scan inspect fixtures/'),
    )

  test('there are some, jq among them', () => {
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.filter((line) => line.includes('| jq')).length).toBeGreaterThan(2)
  })

  test.each(lines)('%s', async (line) => {
    if (line.includes('| jq') && (await run('jq', ['--version'])).code !== 0) {
      console.warn('jq is not installed: not tested')
      return
    }
    const { stdout, stderr, code } = await runLine(line.replaceAll('report.json', join(folder, 'report.json')))
    expect({ stderr: stderr.includes('distill-scan:') ? stderr : '', code }).toEqual({ stderr: '', code: 0 })
    if (line.endsWith('wc -l')) expect(stdout.trim()).toBe('0')
    else if (!line.includes(' -o ')) expect(stdout.trim()).not.toBe('')
  })

  test('the innocent log fails at no severity that matters', async () => {
    const innocent = ['fixtures/innocent/logs.ndjson', '--accounts', 'fixtures/innocent/accounts.csv']
    expect((await runBin([...innocent, '--fail-on', 'medium'])).code).toBe(0)
  })

  test('the example of the library runs', async () => {
    const [example] = codeBlocks(readme, 'js')
    const { stdout, stderr, code } = await run(process.execPath, ['--input-type=module', '-e', example!])
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
    expect(stdout.trim().split('\n').length).toBe(2)
  })

  test('the demo does not depend on what is set in the terminal', async () => {
    const again = await runLine(`COLUMNS= TERM=xterm-256color npx distill-scan ${DEMO.join(' ')}`)
    expect(again.stdout).toBe(demo.stdout)
  })
})
