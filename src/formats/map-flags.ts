import { ScanError } from '../errors.ts'
import { printable } from '../sources/printable.ts'
import { CANONICAL_FIELDS, canonicalField } from './fields.ts'
import { nearestName } from './nearest.ts'

/**
 * Reads `--map field=column` flags; a column name may hold `=`.
 *
 * @returns column by canonical field name
 * @throws ScanError USAGE for a flag without `=`, an unknown field (names the nearest) or a field that comes twice
 */
export function parseMapFlags(flags: readonly string[]): Record<string, string> {
  const overrides: Record<string, string> = {}
  for (const flag of flags) {
    const at = flag.indexOf('=')
    const name = flag.slice(0, Math.max(at, 0)).trim()
    const column = flag.slice(at + 1)
    if (at < 1 || name === '' || column === '') {
      throw new ScanError('USAGE', `--map '${printable(flag)}' is not FIELD=COLUMN`, 'Write --map account_id=COLUMN.')
    }
    assertFieldName(name)
    if (Object.hasOwn(overrides, name)) {
      throw new ScanError('USAGE', `--map names '${name}' twice`, 'Name one column for each field.')
    }
    overrides[name] = column
  }
  return overrides
}

/** @throws ScanError USAGE for what is no canonical field; names the nearest */
export function assertFieldName(name: string): void {
  if (canonicalField(name) !== undefined) return
  const names = CANONICAL_FIELDS.map((field) => field.name)
  const nearest = nearestName(name.toLowerCase(), names)
  const hint = nearest === null ? `Use one of: ${names.join(', ')}.` : `Did you mean '${nearest}'?`
  throw new ScanError('USAGE', `--map: unknown field '${printable(name)}'`, hint)
}
