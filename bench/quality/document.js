import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs'
import { reasonOf, UsageError } from './options.js'

/**
 * What stands in the two lines. Held-out tables have lines of their own, beside those of the training seeds.
 *
 * @param {Pick<import('./options.js').Options, 'seeds'>} options
 */
export const markOf = ({ seeds }) => (seeds === 'held-out' ? 'bench:quality held-out' : 'bench:quality')

/**
 * Writes the tables between two lines of a page; what is around them stays.
 *
 * @param {string} path
 * @param {string} mark
 * @param {string} markdown
 * @throws {UsageError} for a page that cannot be read, or has not the two lines
 */
export function writeBetweenMarkers(path, mark, markdown) {
  const page = readPage(path)
  writeFileSync(path, replaceBetweenMarkers(page, { mark, markdown, name: path }))
}

/**
 * Throws what {@link writeBetweenMarkers} would throw: to be known before the hour of work, not after it.
 *
 * @param {string} path
 * @param {string} mark
 */
export function checkMarkers(path, mark) {
  replaceBetweenMarkers(readPage(path), { mark, markdown: '', name: path })
  try {
    accessSync(path, constants.W_OK)
  } catch (error) {
    throw new UsageError(`--doc: cannot write '${path}': ${reasonOf(error)}`)
  }
}

/** @param {string} path */
function readPage(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`--doc: cannot read '${path}': ${reasonOf(error)}`)
  }
}

/**
 * @param {string} page
 * @param {{ mark: string, markdown: string, name: string }} what `name` of the page, for the message
 */
export function replaceBetweenMarkers(page, { mark, markdown, name }) {
  const [first, last] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`]
  const [begin, end] = [page.indexOf(first), page.indexOf(last)]
  if (begin < 0 || end < begin) throw new UsageError(`--doc: '${name}' has no lines ${first} and ${last}`)
  return `${page.slice(0, begin + first.length)}\n\n${markdown.trim()}\n\n${page.slice(end)}`
}
