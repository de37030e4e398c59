import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a documented command did. */
export interface Finished {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

/** Nothing of the developer's terminal reaches a documented command; `HOME` is for tools that insist on one. */
const env = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  NO_COLOR: '1',
  TZ: 'UTC',
}

/** Runs a program from the root of the repository, without a terminal. */
export function run(file: string, args: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(file, [...args], { env, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: error === null ? 0 : Number(error.code ?? 1) })
    })
    child.stdin?.end()
  })
}

/** The built command, as `npx distill-scan` starts it. */
export const runBin = (args: readonly string[]): Promise<Finished> =>
  run(process.execPath, ['bin/distill-scan.js', ...args])

/** A command line as the README prints it, run by a shell with the built command in the place of `npx`. */
export const runLine = (line: string): Promise<Finished> =>
  run('bash', ['-o', 'pipefail', '-c', line.replaceAll('npx distill-scan', 'node bin/distill-scan.js')])

export const readPage = (path: string): string => readFileSync(path, 'utf8')

/**
 * A page with what stands between `<!-- begin: name -->` and `<!-- end: name -->` replaced. Compared with the page itself,
 * it shows what is out of date; `npx vitest run test/docs -u` writes it.
 *
 * @throws Error for a marker that the page does not have
 */
export function refreshed(page: string, parts: Readonly<Record<string, string>>): string {
  let text = page
  for (const [name, content] of Object.entries(parts)) {
    const [begin, end] = [`<!-- begin: ${name} -->\n`, `<!-- end: ${name} -->`]
    const from = text.indexOf(begin)
    const to = text.indexOf(end)
    if (from < 0 || to < from) throw new Error(`no markers for '${name}'`)
    text = `${text.slice(0, from + begin.length)}${content}\n${text.slice(to)}`
  }
  return text
}

/** The code blocks of a language, in order, without their fences. */
export const codeBlocks = (page: string, language: string): string[] =>
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter((match) => match[1] === language).map((match) => match[2]!)

/** The command lines of a block; a line that ends in a backslash goes on below. */
export const commandLines = (block: string): string[] =>
  block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

/** The section below a heading, up to the next heading of any level. */
export function section(page: string, heading: string): string {
  const lines = page.split('\n')
  const at = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading)
  if (at < 0) throw new Error(`no section '${heading}'`)
  const rest = lines.slice(at + 1)
  const next = rest.findIndex((line) => /^#+ /.test(line))
  return rest.slice(0, next < 0 ? rest.length : next).join('\n')
}

/** The cells of the first table of a text, its head left out, code marks taken off. */
export function tableRows(text: string): string[][] {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith('|'))
  const end = lines.findIndex((line, i) => i > first && !line.startsWith('|'))
  return lines
    .slice(first + 2, end < 0 ? lines.length : end)
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')))
}
