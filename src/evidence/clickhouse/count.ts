import { isWhole } from './column-type.ts'
import { identifier } from './encode.ts'
import { rawText } from './raw-text.ts'
import type { Definition } from './select.ts'
import type { Table } from './table.ts'

/**
 * A token or status count on the server: `ds_<name>` as a number, -1 where there is none, and `ds_<name>_odd`, the text
 * that only DuckDB's own cast can tell (`1e3`, `12.5`). What has no digit, is negative or too large is no count in either.
 */
export function countDefinitions(table: Table, field: string): readonly Definition[] {
  const name = countName(field)
  const paths = table.mapping.fields[field] ?? []
  const only = paths.length === 1 && paths[0]!.path.length === 0 ? table.columns.get(paths[0]!.column) : undefined
  const raw: Definition = [`${name}_raw`, rawText(table, field)]
  if (only !== undefined && isWhole(only)) {
    const column = identifier(paths[0]!.column)
    const number = only.isNullable ? `ifNull(toInt64(${column}), -1)` : `toInt64(${column})`
    return [raw, [name, `if(${number} BETWEEN 0 AND 4294967295, ${number}, -1)`], [`${name}_odd`, NO_TEXT]]
  }
  const text = `${name}_text`
  return [
    raw,
    [text, `ifNull(${name}_raw, '')`],
    [
      name,
      `multiIf(match(${text}, '^[0-9]{1,9}([.]0*)?$'), toInt64OrZero(extract(${text}, '^[0-9]+')),
    match(${text}, '^[0-9]{10}$') AND toInt64OrZero(${text}) <= 4294967295, toInt64OrZero(${text}), -1)`,
    ],
    [
      `${name}_odd`,
      `if(${name} >= 0 OR NOT match(${text}, '[0-9]') OR match(${text}, '^-[1-9][0-9]*$|^[0-9]{10,18}$'), NULL, ${name}_raw)`,
    ],
  ]
}

const NO_TEXT = 'CAST(NULL AS Nullable(String))'

export const countName = (field: string): string => `ds_${field}`
