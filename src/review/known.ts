import { isDay } from './day.ts'
import type { Declaration } from './declaration.ts'
import { type NamedText, type Problem, placeOf } from './place.ts'
import { requireNone } from './problems.ts'
import { readTable, type TableRecord, type TableShape } from './table.ts'

const HINT =
  'A known file is CSV with a header: account_id,owner,reason,expires (YYYY-MM-DD); organization_id instead of or beside account_id, and group, are optional.'

const shape: TableShape = {
  columns: ['account_id', 'organization_id', 'owner', 'reason', 'expires', 'group'],
  required: ['owner', 'reason', 'expires'],
  mistaken: (header) =>
    header.includes('label') || header.includes('class') ? 'holds labels, which are for --labels' : null,
}

/**
 * Reads the files of `--known`: one account or organisation a line, with owner, reason and last day.
 *
 * @throws ScanError CONFIG_INVALID with every line that is wrong, never its content: a header that does not fit, a
 *   record with more or fewer fields, without owner, reason or day, with no id or two, and an id that an earlier line has
 */
export function parseKnown(files: readonly NamedText[]): Declaration[] {
  const tables = files.map((file) => readTable(file, shape))
  const problems: Problem[] = tables.flatMap((table) => table.problems)
  const earlier = new Map<string, TableRecord>()
  const declarations: Declaration[] = []
  for (const record of tables.flatMap(({ records }) => records)) {
    const declaration = declarationOf(record)
    const wrong = problemsOf(declaration, record)
    const key = `${declaration.by}\0${declaration.id}`
    const first = wrong.length > 0 ? undefined : earlier.get(key)
    if (first) wrong.push(`declares what ${placeOf(first)} declares already`)
    else if (wrong.length === 0) earlier.set(key, record)
    if (wrong.length === 0) declarations.push(declaration)
    else problems.push({ name: record.name, line: record.line, what: wrong.join(' and ') })
  }
  requireNone(problems, '--known', HINT)
  return declarations
}

function declarationOf({ name, line, cell }: TableRecord): Declaration {
  const by = cell('account_id') === '' ? 'organization_id' : 'account_id'
  return {
    path: name,
    line,
    by,
    id: cell(by),
    owner: cell('owner'),
    reason: cell('reason'),
    expires: cell('expires'),
    group: cell('group'),
  }
}

function problemsOf({ id, owner, reason, expires }: Declaration, { cell }: TableRecord): string[] {
  const hasTwo = cell('account_id') !== '' && cell('organization_id') !== ''
  return [
    ...(id === '' ? ['has no account_id and no organization_id'] : []),
    ...(hasTwo ? ['has an account_id and an organization_id: write two lines'] : []),
    ...(owner === '' ? ['has no owner'] : []),
    ...(reason === '' ? ['has no reason'] : []),
    ...(expires === '' ? ['has no expiry date'] : isDay(expires) ? [] : ['has an expiry date that is no YYYY-MM-DD']),
  ]
}
