import { HOUR_MS } from '../steps.ts'
import { accountDefinition } from './base-step.ts'
import { isWhole } from './column-type.ts'
import { identifier, literalList } from './encode.ts'
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
export function accountCondition({ mapping, columns }: Table, accounts: readonly string[]): string {
  const paths = mapping.fields.account_id ?? []
  const isPlain =
    paths.length === 1 && paths[0]!.path.length === 0 && mapping.accountFrom === undefined && mapping.standsIn !== true
  const type = isPlain ? columns.get(paths[0]!.column) : undefined
  const name = isPlain ? identifier(paths[0]!.column) : ''
  if (type?.type === 'String') return `${name} IN ${literalList(accounts)}`
  const isNumber = type !== undefined && isWhole(type) && accounts.every((each) => /^-?\d+$/u.test(each))
  return isNumber ? `${name} IN (${accounts.join(', ')})` : `ds_account IN ${literalList(accounts)}`
}
