import { parse } from 'csv-parse/sync'
import { ScanError } from '../errors.ts'
import { LABEL_CLASSES, type Label, type LabelClass } from './label.ts'

const COLUMNS_HINT = 'Labels are CSV with a header: account_id,network,class,kind; class and kind may be missing.'

/** Columns that a message names: enough for any file of labels. */
const MAX_NAMED = 20

/**
 * Reads `account_id,network,class,kind`, in any order of columns. Without a column `class` a network means fraud, and
 * none means innocent. A row that says the same of an account again is dropped.
 *
 * @param name of the file, for messages
 * @throws ScanError INPUT_EMPTY without a record; INPUT_UNREADABLE for what is not CSV, has not the columns, an unknown
 *   class or two truths about one account. Messages name records by number (the header is record 0), never content.
 */
export function parseLabels(text: string, name: string): Label[] {
  const [header = [], ...rows] = readRows(text, name)
  const names = header.map((column) => column.trim().toLowerCase())
  const column = (wanted: string): number => names.indexOf(wanted)
  const [account, network, klass, kind] = ['account_id', 'network', 'class', 'kind'].map(column) as [
    number,
    number,
    number,
    number,
  ]
  if (header.length === 0) throw new ScanError('INPUT_EMPTY', `'${name}' is empty`, COLUMNS_HINT)
  if (account < 0 || network < 0) throw missingColumns(name, header, account < 0 ? 'account_id' : 'network')
  if (rows.length === 0) throw new ScanError('INPUT_EMPTY', `'${name}' has a header and no record`, COLUMNS_HINT)
  const known = new Map<string, Label>()
  for (const [i, row] of rows.entries()) {
    const label = {
      accountId: row[account] ?? '',
      network: row[network] ?? '',
      class: classOf(klass < 0 ? undefined : (row[klass] ?? ''), row[network] ?? ''),
      kind: row[kind] ?? '',
    }
    const problem = problemOf(label, known.get(label.accountId))
    if (problem !== null)
      throw new ScanError('INPUT_UNREADABLE', `'${name}': record ${i + 1} ${problem.what}`, problem.hint)
    known.set(label.accountId, label as Label)
  }
  return [...known.values()]
}

/** Lower-cased; `undefined` for a file without the column. */
const classOf = (given: string | undefined, network: string): string =>
  given === undefined ? (network === '' ? 'innocent' : 'fraud') : given.trim().toLowerCase()

type Unchecked = Omit<Label, 'class'> & { readonly class: string }

function problemOf(label: Unchecked, earlier: Label | undefined): { what: string; hint: string } | null {
  if (label.accountId === '') return { what: 'has no account_id', hint: 'Every record needs one.' }
  if (!LABEL_CLASSES.includes(label.class as LabelClass)) {
    return { what: 'has no class, or an unknown one', hint: `Use one of: ${LABEL_CLASSES.join(', ')}.` }
  }
  if (earlier === undefined) return null
  const isSame = earlier.network === label.network && earlier.class === label.class && earlier.kind === label.kind
  return isSame
    ? null
    : { what: 'labels an account that an earlier one labels differently', hint: 'Keep one record for each account.' }
}

function missingColumns(name: string, header: readonly string[], missing: string): ScanError {
  const found = header.slice(0, MAX_NAMED).join(', ') + (header.length > MAX_NAMED ? ', …' : '')
  const message = `'${name}' has no column ${missing}; its columns are: ${found}`
  return new ScanError('INPUT_UNREADABLE', message, COLUMNS_HINT)
}

function readRows(text: string, name: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true })
  } catch (cause) {
    throw new ScanError('INPUT_UNREADABLE', `'${name}' is not readable as CSV`, COLUMNS_HINT, { cause })
  }
}
