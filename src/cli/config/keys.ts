import type { OptionKind } from './kinds.ts'

/** A key of the file that stands in for a flag. */
export interface FileKey {
  readonly kind: OptionKind
  /** A part of a sentence. */
  readonly meaning: string
}

/**
 * Flags that may stand in the file, by their names in camelCase. Not among them, on purpose: whatever names a file that is
 * written (`output`, `also`, `rejects`, `tempDir`), and `reveal`. A file that somebody else left in a folder above can change
 * what is looked for, which the report says, but can neither write over anything nor show what is to be hidden.
 */
export const FILE_KEYS: Readonly<Record<string, FileKey>> = {
  accounts: { kind: 'paths', meaning: 'side files with registration and payment fields' },
  known: { kind: 'paths', meaning: 'accounts that an owner answers for' },
  labels: { kind: 'paths', meaning: 'accounts that reviews confirmed or cleared' },
  map: { kind: 'columns', meaning: 'canonical fields, each with the column that fills it' },
  inputFormat: { kind: 'format', meaning: 'preset of the logs; `generic` for none' },
  columns: { kind: 'texts', meaning: 'column names of tables without a header' },
  minSeverity: { kind: 'severity', meaning: 'leave out networks below it' },
  failOn: { kind: 'severity', meaning: 'exit 1 if a network is of that severity or above' },
  top: { kind: 'positive', meaning: 'print at most that many networks' },
  details: { kind: 'count', meaning: 'networks the table report describes in full' },
  allowEmpty: { kind: 'switch', meaning: 'a log without any record is a result, not an error' },
}
