import { parse } from 'csv-parse/sync'
import { ScanError } from '../errors.ts'
import { LABEL_CLASSES, type Label, type LabelClass } from './label.ts'

const COLUMNS = ['account_id', 'network', 'class', 'kind'] as const

const COLUMNS_HINT = 'Labels are CSV with a header: account_id,network,class,kind; class and kind may be missing.'

/** Columns that a message names: enough for any file of labels. */
const MAX_NAMED = 20

/**
 * Reads `account_id,network,class,kind`, in any order of columns. Without a column `class` a network means fraud, and
 * none means innocent. A row that says the same of an account again is dropped.
 *
 * @param name of the file, for messages
 * @throws ScanError INPUT_EMPTY without a record; INPUT_UNREADABLE for what is not CSV, has not the columns or one of them
 *   twice, a record with more or fewer fields, an unknown class or two truths about one account. Messages name records
 *   by number (the header is record 0), never content.
 */
export function parseLabels(text: string, name: string): Label[] {
  const [header = [], ...rows] = readRows(text, name)
  const names = header.map((column) => column.toLowerCase())
  const column = (wanted: string): number => names.indexOf(wanted)
  const [account, network, klass, kind] = COLUMNS.map(column) as [number, number, number, number]
  if (header.length === 0) throw new ScanError('INPUT_EMPTY', `'${name}' is empty`, COLUMNS_HINT)
  const wrong = headerProblem(header, names)
  if (wrong !== null) throw new ScanError('INPUT_UNREADABLE', `'${name}' ${wrong}`, COLUMNS_HINT)
  if (rows.length === 0) throw new ScanError('INPUT_EMPTY', `'${name}' has a header and no record`, COLUMNS_HINT)
  const known = new Map<string, Label>()
  for (const [i, row] of rows.entries()) {
    const label = {
      accountId: row[account] ?? '',
      network: row[network] ?? '',
      class: classOf(klass < 0 ? undefined : (row[klass] ?? ''), row[network] ?? ''),
      kind: row[kind] ?? '',
    }
    const problem = wrongLength(row, header) ?? problemOf(label, known.get(label.accountId))
    if (problem !== null)
      throw new ScanError('INPUT_UNREADABLE', `'${name}': record ${i + 1} ${problem.what}`, problem.hint)
    known.set(label.accountId, label as Label)
  }
  return [...known.values()]
}

/** Lower-cased; `undefined` for a file without the column. */
const classOf = (given: string | undefined, network: string): string =>
  given === undefined ? (network === '' ? 'innocent' : 'fraud') : given.toLowerCase()

interface Problem {
  readonly what: string
  readonly hint: string
}

type Unchecked = Omit<Label, 'class'> & { readonly class: string }

function problemOf(label: Unchecked, earlier: Label | undefined): Problem | null {
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

/** A record that is cut, or has a comma too many, would put its class or kind under another name. */
const wrongLength = (row: readonly string[], header: readonly string[]): Problem | null =>
  row.length === header.length
    ? null
    : {
        what: `has ${row.length} ${row.length === 1 ? 'field' : 'fields'}, the header ${header.length}`,
        hint: 'Quote fields that hold a comma.',
      }

/** What follows the name of the file. A first line that is a record may hold anything, so nothing of it is named. */
function headerProblem(header: readonly string[], names: readonly string[]): string | null {
  if (names.includes('label') && !names.includes('network'))
    return 'holds labels of reviews, which are for: distill-scan scan --labels FILE'
  if (!COLUMNS.some((column) => names.includes(column))) return 'has no header: its first line is none'
  const missing = (['account_id', 'network'] as const).find((column) => !names.includes(column))
  if (missing !== undefined) {
    const found = header.slice(0, MAX_NAMED).join(', ') + (header.length > MAX_NAMED ? ', …' : '')
    return `has no column ${missing}; its columns are: ${found}`
  }
  const twice = COLUMNS.find((column) => names.indexOf(column) !== names.lastIndexOf(column))
  return twice === undefined ? null : `has two columns ${twice}`
}

/** Ends of lines may be mixed: a header that was written by hand above records of another program. */
const LINE_ENDS = ['\r\n', '\n', '\r']

/** Cells without blanks at either end, also inside quotes, as ids are read from logs; blank lines are no records. */
function readRows(text: string, name: string): string[][] {
  try {
    const options = { bom: true, trim: true, record_delimiter: LINE_ENDS, relax_column_count: true }
    const rows: string[][] = parse(text, options)
    return rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.length > 1 || row[0] !== '')
  } catch (cause) {
    throw new ScanError('INPUT_UNREADABLE', `'${name}' is not readable as CSV`, COLUMNS_HINT, { cause })
  }
}
