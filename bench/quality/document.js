import { readFileSync, writeFileSync } from 'node:fs'

const BEGIN = '<!-- bench:quality -->'
const END = '<!-- /bench:quality -->'

/**
 * Writes the tables between two lines of a page; what is around them stays.
 *
 * @param {string} path
 * @param {string} markdown
 * @throws {Error} for a page without the two lines
 */
export function writeBetweenMarkers(path, markdown) {
  writeFileSync(path, replaceBetweenMarkers(readFileSync(path, 'utf8'), markdown, path))
}

/**
 * @param {string} page
 * @param {string} markdown
 * @param {string} name of the page, for the message
 */
export function replaceBetweenMarkers(page, markdown, name) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`'${name}' has no lines ${BEGIN} and ${END}`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${markdown.trim()}\n\n${page.slice(end)}`
}
