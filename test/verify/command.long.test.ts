import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import type { Verification } from '../../src/verify/verification.ts'
import { recordedIo } from '../helpers/io.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(args: readonly string[]) {
  const io = recordedIo()
  const code = await main(args, io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

const at = (name: string): string => join(folder, name)

async function verified(report: string, args: readonly string[]): Promise<Verification & { readonly code: number }> {
  const { code, stdout, stderr } = await run(['verify', report, ...args, '--format', 'json', '--quiet'])
  if (stdout === '') throw new Error(stderr)
  return { ...JSON.parse(stdout), code }
}

const DEMO = ['fixtures/demo/logs.ndjson', 'fixtures/demo/accounts.csv'] as const

async function scanned(report: string, args: readonly string[]): Promise<string> {
  expect(await run([...args, '--quiet', '-o', at(report)])).toEqual({ code: 0, stdout: '', stderr: '' })
  return at(report)
}

test('the report of the transcripts is that of the tool', async () => {
  const [logs, accounts] = ['logs.ndjson', 'accounts.csv'].map((name) => `fixtures/cli/verify/${name}`)
  const { stdout } = await run([logs!, '--accounts', accounts!, '--format', 'json'])
  await expect(stdout).toMatchFileSnapshot('../../fixtures/cli/verify/report.json')
  const wrong = stdout.replace('"requests": 12,', '"requests": 13,')
  expect(wrong).not.toBe(stdout)
  await expect(wrong).toMatchFileSnapshot('../../fixtures/cli/verify-differs/report.json')
})

test.each([
  ['full', []],
  ['limited', ['--top', '1']],
  ['revealed', ['--reveal', '--min-severity', 'high']],
  ['with settings', ['--seed', 'another', '--time-zone', 'Europe/Vienna', '--dedupe']],
])('a %s report of the demo, its inputs in another order and under other names', async (name, flags) => {
  const report = await scanned(`${name}.json`, [DEMO[0], '--accounts', DEMO[1], ...flags])
  const moved = [at('people'), at('requests')] as const
  copyFileSync(DEMO[1], moved[0])
  copyFileSync(DEMO[0], moved[1])
  const { code, verdict, inputs, rerun } = await verified(report, [...moved, '--threads', '1', '--memory', '500'])
  const { networks, figures, parts } = rerun!
  expect({ changed: networks.changed, figures, parts, code, verdict }).toEqual({
    ...{ changed: [], figures: [], parts: [] },
    ...{ code: 0, verdict: 'same' },
  })
  expect(networks.same + networks.omitted).toBeGreaterThan(1)
  expect(inputs.map(({ status, isRenamed }) => `${status} ${isRenamed}`)).toEqual(['same true', 'same true'])
})

test('a report in which somebody changed a score, an account or a value', async () => {
  const report = await scanned('tampered.json', [DEMO[0], '--accounts', DEMO[1]])
  const document = JSON.parse(readFileSync(report, 'utf8'))
  const [first, second] = document.networks
  first.score += 0.1
  first.accounts.pop()
  second.members[0].links[0].value += 'x'
  writeFileSync(report, JSON.stringify(document))
  const { code, rerun } = await verified(report, DEMO)
  expect(code).toBe(1)
  expect(rerun).toMatchObject({ figures: [], parts: [], networks: { missing: [], unexpected: [] } })
  expect(rerun!.networks.changed).toEqual([
    { id: first.id, rank: 1, differs: ['score', 'accounts'] },
    { id: second.id, rank: 2, differs: ['members'] },
  ])
})

test('inputs that differ are not read again', async () => {
  const report = await scanned('differs.json', [DEMO[0], '--accounts', DEMO[1]])
  writeFileSync(at('accounts.csv'), `${readFileSync(DEMO[1], 'utf8')}acct_new\n`)
  const { code, inputs, rerun } = await verified(report, [DEMO[0], at('accounts.csv')])
  expect({ code, rerun, statuses: inputs.map(({ status }) => status) }).toEqual({
    ...{ code: 1, rerun: null },
    statuses: ['same', 'changed'],
  })
})

/** What only the report can say of how a file was read. */
const header = 'when;who;what;where'
const rows = ['a', 'b', 'c'].map((who, i) => `2026-06-0${i + 1}T00:00:00Z;${who};9;192.0.2.${i}`)

test.each([
  ['--map', [header, ...rows], ['--map', 'timestamp=when', '--map', 'account_id=who', '--map', 'ip=where']],
  ['--columns', rows, ['--columns', 'timestamp,account_id,output_tokens,ip']],
])('the reading is that of the report: %s', async (name, lines, flags) => {
  const log = at(`log${name}.csv`)
  writeFileSync(log, `${lines.join('\n')}\n`)
  const report = await scanned(`read${name}.json`, [log, ...flags])
  expect(JSON.parse(readFileSync(report, 'utf8')).totals.accounts).toBe(3)
  expect(await verified(report, [log])).toMatchObject({ code: 0, verdict: 'same', warnings: [] })
})

test.each([['for all'], ['for one file']])('--input-format %s, under another name', async (which) => {
  const log = at('formatted.ndjson')
  copyFileSync('fixtures/cli/verify/logs.ndjson', log)
  const flag = which === 'for all' ? 'generic' : `${log}=generic`
  const report = await scanned('formatted.json', [log, '--input-format', flag])
  expect(JSON.parse(readFileSync(report, 'utf8')).inputs[0].inputFormat).toBe('generic')
  copyFileSync(log, at('renamed.log'))
  expect(await verified(report, [at('renamed.log')])).toMatchObject({ code: 0, verdict: 'same' })
})

test("presets of the user's own are asked for, and must be the same", async () => {
  const [log, config] = ['input.ndjson', 'config.json'].map((name) => `fixtures/cli/config-preset/${name}`)
  const report = await scanned('preset.json', [log!, '--config', config!])
  expect(await verified(report, [log!, '--config', config!])).toMatchObject({ code: 0, verdict: 'same' })
  expect(await run(['verify', report, log!])).toMatchObject({ code: 2, stdout: '' })
  expect(await run(['verify', report, log!, '--inputs-only'])).toMatchObject({ code: 0 })
  const held = JSON.parse(readFileSync(config!, 'utf8'))
  held.presets[0].fields.ip = ['caller.other']
  writeFileSync(at('config.json'), JSON.stringify(held))
  const { code, stderr } = await run(['verify', report, log!, '--config', at('config.json')])
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("'my_gateway' that was another one") })
})

test('settings that this version does not know', async () => {
  const report = JSON.parse(readFileSync('fixtures/cli/verify/report.json', 'utf8'))
  writeFileSync(at('later.json'), JSON.stringify({ ...report, settings: { ...report.settings, later: 1 } }))
  const files = ['fixtures/cli/verify/logs.ndjson', 'fixtures/cli/verify/accounts.csv']
  expect(await run(['verify', at('later.json'), ...files])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("'later' is no setting"),
  })
})
