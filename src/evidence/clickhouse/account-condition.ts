import { isWhole } from './column-type.ts'
import { identifier, literal, literalList } from './encode.ts'
import type { Table } from './table.ts'

/**
 * A condition for the rows of some accounts, on the column itself where that can be, so that a table sorted by it is read in
 * part.
 *
 * @param accounts ids as they are spelt in the table
 */
export function accountCondition(table: Table, accounts: readonly string[]): string {
  const broken = accounts.filter((each) => each.includes(REPLACEMENT))
  if (broken.length === 0 || !table.server.has('validTexts')) return exactCondition(table, accounts)
  return `(${exactCondition(table, accounts)} OR ${brokenCondition(broken)})`
}

function exactCondition({ mapping, columns }: Table, accounts: readonly string[]): string {
  const paths = mapping.fields.account_id ?? []
  const isPlain =
    paths.length === 1 && paths[0]!.path.length === 0 && mapping.accountFrom === undefined && mapping.standsIn !== true
  const type = isPlain ? columns.get(paths[0]!.column) : undefined
  const name = isPlain ? identifier(paths[0]!.column) : ''
  if (type?.type === 'String') return `${name} IN ${literalList(accounts)}`
  const isNumber = type !== undefined && isWhole(type) && accounts.every((each) => /^-?\d+$/u.test(each))
  return isNumber ? `${name} IN (${accounts.join(', ')})` : `ds_account IN ${literalList(accounts)}`
}

/** What stands for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd'

/** Behind each id, since the server takes all that follows a sign cut short at the end of a text for part of it. */
const PADDING = '   '

/**
 * Ids that came with bytes that are no UTF-8. The server puts one sign for several such bytes in a row, the reader here one
 * for each or so: they are compared with one. Others that look the same then come along, and are left out here.
 */
function brokenCondition(accounts: readonly string[]): string {
  const single = (text: string): string => `${text.replaceAll(/\ufffd+/gu, REPLACEMENT)}${PADDING}`
  const valid = `toValidUTF8(concat(ifNull(ds_account, ''), ${literal(PADDING)}))`
  const singles = `replaceRegexpAll(${valid}, ${literal(`${REPLACEMENT}+`)}, ${literal(REPLACEMENT)})`
  return `${singles} IN ${literalList([...new Set(accounts.map(single))])}`
}
