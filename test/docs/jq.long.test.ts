import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { consoleCommands, rerun, runConsole } from './console.ts'
import { codeBlocks, readPage, refreshed, run, section } from './pages.ts'

/** The commands that the README shows, and their outputs. */

const hasJq = (await run('jq', ['--version'])).code === 0
const [block] = codeBlocks(section(readPage('README.md'), 'With jq'), 'console')
const commands = consoleCommands(block!).filter(({ isComment }) => !isComment)
const folder = mkdtempSync(join(tmpdir(), 'distill-scan-jq-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('there are commands, most of them with jq', () => {
  expect(commands.filter(({ text }) => text.startsWith('jq ')).length).toBeGreaterThan(5)
})

test('a command goes on over indented lines, and an output is none', () => {
  expect(consoleCommands('$ # what\n$ a |\n    b\nout\n    put\n$ c\n')).toEqual([
    { text: '# what', isComment: true },
    { text: 'a |\n    b', isComment: false },
    { text: 'c', isComment: false },
  ])
})

// One after the other: later commands read the reports that earlier ones write.
describe.skipIf(!hasJq)('jq', () => {
  test('the outputs are those of now', async () => {
    const readme = readPage('README.md')
    const own = mkdtempSync(join(tmpdir(), 'distill-scan-jq-'))
    const now = await rerun(block!, own).finally(() => rmSync(own, { recursive: true, force: true }))
    await expect(refreshed(readme, { jq: `\`\`\`console\n${now}\`\`\`` })).toMatchFileSnapshot('../../README.md')
  })

  test.each(commands)('$text', async (command) => {
    const { stdout, stderr, code } = await runConsole(command, folder)
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
    if (!command.text.includes(' -o ')) expect(stdout.trim()).not.toBe('')
  })
})
