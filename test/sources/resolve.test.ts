import { chmodSync, linkSync, mkdirSync, symlinkSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { resolveInputs } from '../../src/sources/resolve.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()

beforeAll(() => {
  mkdirSync(folder.at('logs/deep/er'), { recursive: true })
  mkdirSync(folder.at('logs/.hidden'))
  const names = ['b.ndjson', 'a.ndjson', 'c1.csv', 'c2.csv', '.dot.csv', 'deep/d.csv', 'deep/er/e.csv', '.hidden/h.csv']
  for (const name of names) folder.write(`logs/${name}`, name)
  folder.write('logs/c[12].csv', 'literal')
  symlinkSync(folder.at('logs/a.ndjson'), folder.at('logs/link.ndjson'))
  linkSync(folder.at('logs/b.ndjson'), folder.at('logs/z.hard'))
})

const resolveIn = async (...patterns: string[]) => {
  const { paths, warnings } = await resolveInputs(
    patterns.map((pattern) => (pattern === '-' ? '-' : folder.at(pattern))),
  )
  return { paths: paths.map((path) => path.replace(`${folder.at('logs')}/`, '')), warnings }
}

describe('names become files', () => {
  test.each([
    ['a literal name', ['logs/a.ndjson'], ['a.ndjson']],
    ['the order given', ['logs/b.ndjson', '-', 'logs/a.ndjson'], ['b.ndjson', '-', 'a.ndjson']],
    ['a star, sorted, without dot files', ['logs/*.csv'], ['c1.csv', 'c2.csv', 'c[12].csv']],
    ['a question mark', ['logs/c?.csv'], ['c1.csv', 'c2.csv']],
    ['a file that is named like a glob', ['logs/c[12].csv'], ['c[12].csv']],
    ['a bracket', ['logs/[c-d][1-2].*'], ['c1.csv', 'c2.csv']],
    ['a negated bracket', ['logs/c[!1].csv'], ['c2.csv']],
    ['a folder part', ['logs/*/d.csv'], ['deep/d.csv']],
    ['any depth', ['logs/**/[de].csv'], ['deep/d.csv', 'deep/er/e.csv']],
    ['dot files when asked for', ['logs/.*.csv'], ['.dot.csv']],
    ['a part after folders', ['logs/**/er/*'], ['deep/er/e.csv']],
  ])('%s', async (_, patterns, expected) => {
    expect(await resolveIn(...patterns)).toEqual({ paths: expected, warnings: [] })
  })

  test.each([
    ['the same name', ['logs/a.ndjson', 'logs/a.ndjson']],
    ['a symbolic link', ['logs/a.ndjson', 'logs/link.ndjson']],
    ['a name and a glob', ['logs/a.ndjson', 'logs/a*']],
  ])('a file that is named twice is read once: %s', async (_, patterns) => {
    const { paths, warnings } = await resolveIn(...patterns)
    expect(paths).toEqual(['a.ndjson'])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/is the same file as .*read once/)
  })

  test('a hard link is the same file', async () => {
    expect((await resolveIn('logs/b.ndjson', 'logs/z.hard')).paths).toEqual(['b.ndjson'])
  })
})

describe('what cannot be read is an error with a hint', () => {
  test.each([
    ['a missing file', 'logs/none.csv', 'INPUT_NOT_FOUND', /no such file/],
    ['a missing folder', 'none/none.csv', 'INPUT_NOT_FOUND', /no such file/],
    ['a file used as a folder', 'logs/a.ndjson/x', 'INPUT_NOT_FOUND', /no such file/],
    ['a glob without a match', 'logs/*.none', 'INPUT_NOT_FOUND', /no file matches/],
    ['a glob in a missing folder', 'none/*', 'INPUT_NOT_FOUND', /no file matches/],
    ['a glob that is no range', 'logs/[z-a]', 'INPUT_NOT_FOUND', /no file matches/],
    ['an open bracket', 'logs/[', 'INPUT_NOT_FOUND', /no file matches/],
    ['a name with control characters', 'logs/\u001b[31m\u202e', 'INPUT_NOT_FOUND', /\\u\{1b\}.*\\u\{202e\}/],
  ])('%s', async (_, name, code, message) => {
    await expect(resolveIn(name)).rejects.toMatchObject({
      name: 'ScanError',
      code,
      message: expect.stringMatching(message),
    })
  })

  test('standard input comes at most once', async () => {
    await expect(resolveInputs(['-', '-'])).rejects.toMatchObject({ code: 'USAGE' })
  })

  test.skipIf(process.getuid?.() === 0)('a file without read permission', async () => {
    chmodSync(folder.write('secret.csv', 'a,b\n'), 0)
    await expect(resolveIn('secret.csv')).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringContaining('permission denied'),
    })
  })
})

describe('a folder', () => {
  test('stands for the files below it, hidden ones aside, and says that they were found', async () => {
    const { paths, found } = await resolveInputs([folder.at('logs')])
    expect(paths.map((path) => path.replace(`${folder.at('logs')}/`, ''))).toContain('deep/er/e.csv')
    expect(paths.some((path) => path.includes('.hidden'))).toBe(false)
    expect([...found]).toEqual(paths)
  })

  test('without files is an error', async () => {
    mkdirSync(folder.at('logs/nothing'))
    await expect(resolveIn('logs/nothing')).rejects.toMatchObject({ code: 'INPUT_EMPTY' })
  })
})
