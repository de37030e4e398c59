import { ScanError } from '../errors.ts'
import { printable } from '../sources/printable.ts'

/** A case that is named, and is not there. */
export const noCase = (path: string): ScanError =>
  new ScanError(
    'CASE_UNREADABLE',
    `there is no case '${printable(path)}'`,
    `A case is made by a scan: distill-scan LOGS --case ${printable(path)}`,
  )
