import { HOUR_MS } from '../steps.ts'
import { accountDefinition } from './base-step.ts'
import { isWhole } from './column-type.ts'
import { identifier, literal, literalList } from './encode.ts'
import { instantDefinitions } from './instant.ts'
import { rowConditions } from './row-conditions.ts'
import { selectSql } from './select.ts'
import type { Table } from './table.ts'

/**
 * Requests by hour: of all together, by account, or by account of some. The rows of accounts that are not asked for are
 * not brought.
 *
 * @param accounts ids as they are spelt in the table; `all`, or `together`
 */
export function hourStepSql(table: Table, accounts: readonly string[] | 'all' | 'together'): string {
  const keys = [...(accounts === 'together' ? [] : ['ds_account']), 'ds_hour', 'ds_odd']
  return selectSql({
    definitions: [
      accountDefinition(table),
      ...instantDefinitions(table),
      ['ds_hour', `if(ds_ms < 0, -1, intDiv(ds_ms, ${HOUR_MS}))`],
    ],
    columns: [...keys, 'count() AS ds_requests'],
    from: table.from,
    where: [
      ...(typeof accounts === 'string' ? ['isNotNull(ds_account)'] : [accountCondition(table, accounts)]),
      ...rowConditions(table),
    ],
    groupBy: keys,
  })
}

/** On the column itself where that can be, so that a table sorted by it is read in part. */
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
