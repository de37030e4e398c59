/** What the server says of a column, as far as it matters here. */
export interface ColumnType {
  /** Without `Nullable` and `LowCardinality`: `DateTime64(3, 'UTC')`. */
  readonly type: string
  readonly isNullable: boolean
}

/** @param declared as the server writes it: `LowCardinality(Nullable(String))` */
export function parseType(declared: string): ColumnType {
  const inner = /^(?:LowCardinality|Nullable)\((?<inner>.*)\)$/su.exec(declared)?.groups?.inner
  if (inner === undefined) return { type: declared, isNullable: false }
  const { type, isNullable } = parseType(inner)
  return { type, isNullable: isNullable || declared.startsWith('Nullable') }
}

/** `DateTime`, with or without a zone; what is stored is an instant all the same. */
export const isDateTime = ({ type }: ColumnType): boolean => /^DateTime(?:\(|$)/u.test(type)
export const isDateTime64 = ({ type }: ColumnType): boolean => type.startsWith('DateTime64')
/** Whole numbers that 64 bits hold. */
export const isWhole = ({ type }: ColumnType): boolean => /^U?Int(?:8|16|32|64)$/u.test(type)
