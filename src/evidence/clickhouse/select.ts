/** A name and the expression that it stands for, in terms of columns and of names before it. */
export type Definition = readonly [name: string, sql: string]

export interface Select {
  readonly definitions: readonly Definition[]
  readonly columns: readonly string[]
  readonly from: string
  readonly where: readonly string[]
  readonly groupBy: readonly string[]
}

/**
 * One SELECT without a query inside: on a Distributed table the shards do the grouping of such a one, and of a nested one
 * hand over every row. Names begin with `ds_`, as those of no column that is mapped (`requireOwnNames`).
 */
export function selectSql({ definitions, columns, from, where, groupBy }: Select): string {
  const used = definitions.map(([name, sql]) => `${sql} AS ${name}`)
  return [
    ...(used.length > 0 ? [`WITH ${used.join(',\n  ')}`] : []),
    `SELECT ${columns.join(', ')}`,
    `FROM ${from}`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    ...(groupBy.length > 0 ? [`GROUP BY ${groupBy.join(', ')}`] : []),
  ].join('\n')
}
