import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completionScripts } from '../../src/cli/completion.ts'
import { COMMANDS } from '../../src/cli/context.ts'
import { type CommandDescription, describeProgram } from '../../src/cli/describe-program.ts'
import { main } from '../../src/cli/main.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { REPORT_FORMATS } from '../../src/report/registry.ts'
import { recordedIo } from '../helpers/io.ts'

/** The scripts are run by their shells. One that is not installed is named, and its tests are skipped. */
const has = (shell: string): boolean => {
  const isThere = spawnSync(shell, ['-c', 'exit 0']).status === 0
  if (!isThere) console.warn(`${shell} is not installed: its completion is not tested`)
  return isThere
}

const context = { io: recordedIo(), signal: new AbortController().signal }
const program = (): Command => buildProgram(context, { exitCode: 0, texts: [] })
const described = describeProgram(program(), 'scan')

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-completion-'))
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const io = recordedIo()
    expect(await main(['completion', shell], io)).toBe(0)
    writeFileSync(join(folder, `script.${shell}`), io.stdout)
  }
  writeFileSync(join(folder, 'script.nested'), completionScripts.bash(nested()))
  mkdirSync(join(folder, 'here/logs'), { recursive: true })
  for (const name of ['june 1.csv', 'june *.csv', 'report.json']) writeFileSync(join(folder, 'here', name), '')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program with commands of commands, as the real one may have. */
function nested(): readonly CommandDescription[] {
  const top = new Command('distill-scan')
  top.command('scan', { isDefault: true }).argument('[files...]')
  const held = top.command('case')
  held.command('list').option('--sort <folder>')
  held.command('forget').option('--before <date>')
  return describeProgram(top, 'scan')
}

/** What bash offers for the last of the words, as Readline would ask. */
function offered(words: readonly string[], script = 'script.bash'): string[] {
  const ask = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _distill_scan; printf '%s\\n' "\${COMPREPLY[@]}"`
  const options = { cwd: join(folder, 'here'), encoding: 'utf8' } as const
  const stdout = execFileSync('bash', ['-c', ask, join(folder, script), 'distill-scan', ...words], options)
  return stdout.split('\n').filter((line) => line !== '')
}

const namesOf = (...path: string[]): string[] =>
  described.find((each) => each.path.join(' ') === path.join(' '))!.flags.flatMap(({ names }) => names)

test('every command is described, and suggested', () => {
  const names = described.filter(({ path }) => path.length === 1).map(({ path }) => path[0]!)
  expect([...names].sort()).toEqual([...COMMANDS].sort())
  expect(namesOf()).toEqual(expect.arrayContaining(['-o', '--output', '--fail-on', '--no-color', '-V', '-h']))
})

describe.skipIf(!has('bash'))('bash', () => {
  test('registers the command', () => {
    const script = `source "$0"; complete -p distill-scan`
    const stdout = execFileSync('bash', ['--norc', '-euc', script, join(folder, 'script.bash')], { encoding: 'utf8' })
    expect(stdout.trim()).toBe('complete -o filenames -F _distill_scan distill-scan')
  })

  test('offers commands and files first', () => {
    expect(offered(['']).sort()).toEqual([...COMMANDS, 'june 1.csv', 'june *.csv', 'logs', 'report.json'].sort())
    expect(offered(['ev'])).toEqual(['evaluate'])
    expect(offered(['logs', 'ev'])).toEqual([])
  })

  test.each(described.filter(({ path }) => path[0] !== 'help').map(({ path }) => [path.join(' ')]))(
    "offers the flags of '%s', and no other",
    (path) => {
      const words = path === '' ? [] : [path]
      expect(offered([...words, '-'])).toEqual(namesOf(...words))
      expect(offered([...words, 'x', '--'])).toEqual(namesOf(...words).filter((name) => name.startsWith('--')))
    },
  )

  test.each([
    ['choices', ['--format', ''], [...REPORT_FORMATS]],
    ['choices that begin so', ['a.csv', '--fail-on', 'h'], ['high']],
    ['choices behind a sign', ['inspect', '--format', '=', 'j'], ['json']],
    ['choices behind a sign alone', ['inspect', '--format', '='], ['table', 'json']],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['commands to be helped with', ['help', 'ex'], ['explain']],
    ['files, blanks and stars as they are', ['--accounts', 'june'], ['june *.csv', 'june 1.csv']],
    ['files of a command', ['explain', 'acct', 'rep'], ['report.json']],
    ['a saved report', ['explain', 'acct', '--from', 'r'], ['report.json']],
    ['folders alone', ['--temp-dir', ''], ['logs']],
    ['nothing for a number', ['--memory', ''], []],
    ['nothing where nothing belongs', ['formats', ''], []],
  ])('offers %s', (_, words, expected) => {
    expect(offered(words).sort()).toEqual([...expected].sort())
  })

  test('goes down into commands of commands', () => {
    expect(offered(['case', ''], 'script.nested')).toEqual(['list', 'forget'])
    expect(offered(['case', 'forget', '--'], 'script.nested')).toEqual(['--before', '--help'])
    expect(offered(['case', 'list', '--sort', ''], 'script.nested')).toEqual(['logs'])
    expect(offered(['case', 'list', 'forget', '--'], 'script.nested')).toEqual(['--sort', '--help'])
  })

  test('runs nothing that the names of files say', () => {
    const evil = ['$(touch pwned).csv', '`touch pwned`.csv', ';touch pwned']
    for (const name of evil) writeFileSync(join(folder, 'here', name), '')
    for (const begin of ['', '$', '`', ';']) offered(['explain', 'x', begin])
    expect(offered(['explain', 'x', ''])).toEqual(expect.arrayContaining(evil))
    expect(offered(['explain', 'x', ''])).not.toContain('pwned')
    for (const name of evil) rmSync(join(folder, 'here', name))
  })
})

describe.skipIf(!has('zsh'))('zsh', () => {
  test('parses the script', () => {
    expect(spawnSync('zsh', ['-n', join(folder, 'script.zsh')], { encoding: 'utf8' })).toMatchObject({
      ...{ status: 0, stderr: '' },
    })
  })

  test('registers the command', () => {
    const script = `autoload -Uz compinit; compinit -u -D; source "$0"; print $_comps[distill-scan]`
    const options = { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder } } as const
    expect(execFileSync('zsh', ['-fc', script, join(folder, 'script.zsh')], options).trim()).toBe('_distill_scan')
  })
})

describe.skipIf(!has('fish'))('fish', () => {
  const fish = (line: string): string[] => {
    const options = {
      cwd: join(folder, 'here'),
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder },
    } as const
    const script = `source ${join(folder, 'script.fish')}; complete -C '${line}'`
    return execFileSync('fish', ['--no-config', '-c', script], options)
      .split('\n')
      .map((each) => each.split('\t')[0]!)
      .filter((each) => each !== '')
  }

  test('offers commands, flags, choices and files', () => {
    expect(fish('distill-scan ev')).toEqual(['evaluate'])
    expect(fish('distill-scan simulate --rot')).toEqual(['--rotate-ip'])
    expect(fish('distill-scan inspect --format j')).toEqual(['json'])
    expect(fish('distill-scan explain acct --from rep')).toEqual(['report.json'])
    expect(fish('distill-scan formats ')).toEqual([])
  })
})
