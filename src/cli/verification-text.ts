import { labelled, wrap } from '../report/table/layout.ts'
import { createPen, type Pen } from '../report/table/pen.ts'
import { firstFew, formatCount, plural } from '../report/table/words.ts'
import type { FigureChange, InputCheck, NetworkComparison, Rerun, Verification } from '../verify/verification.ts'

export interface VerificationStyle {
  readonly width: number
  readonly color: boolean
  readonly unicode: boolean
}

const INDENT = 2
const LABEL = 11
/** Ids, and changed networks, that are named; JSON has all. */
const FEW = 10
/** Hexadecimal digits of a hash that are shown: enough to compare by eye; JSON has all. */
const HASH = 16

/** The answer for a person at a terminal, newline-terminated: the verdict first. */
export function renderVerification(verification: Verification, name: string, style: VerificationStyle): string {
  const pen = createPen({ ...style, minSeverity: 'low', top: null, details: 0 })
  const { inputs, rerun } = verification
  const blocks = [
    [
      ...wrap(pen.text(`Report ${name}, made by distill-scan ${verification.report.toolVersion}`), pen.width),
      ...wrap(verdictWords(verification), pen.width),
    ],
    [pen.strong('Inputs'), ...inputs.flatMap((check) => inputLines(check, pen))],
    ...(rerun === null ? [] : [[pen.strong('Read again'), ...rerunLines(rerun, pen)]]),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function verdictWords({ verdict, inputs, rerun, report, toolVersion }: Verification): string {
  if (verdict === 'same') {
    return rerun === null
      ? 'Same: these are the inputs of the report. They were not read again.'
      : 'Same: these are the inputs of the report, and read again they give what it says.'
  }
  if (rerun === null) return 'Differs: these are not the inputs of the report. They were not read again.'
  const extra = inputs.some(({ isDifference }) => isDifference) ? 'files are there that the report does not know' : null
  if (isAsReported(rerun)) return `Differs: ${extra}. Read again without them, its inputs give what it says.`
  const cause = report.toolVersion === toolVersion ? '' : ` The other version may be the cause: this is ${toolVersion}.`
  const also = extra === null ? '' : ` Also, ${extra}.`
  return `Differs: read again, the inputs of the report give another result.${cause}${also}`
}

const isAsReported = ({ networks, figures, parts }: Rerun): boolean =>
  [networks.changed, networks.missing, networks.unexpected, figures, parts].every(({ length }) => length === 0)

function inputLines(check: InputCheck, pen: Pen): string[] {
  const { status, isRenamed, path, file, reported, found } = check
  const before = reported && storedWords(reported, pen)
  const now = found && storedWords(found, pen)
  const words = {
    same: isRenamed ? `${path}, now ${file}` : path,
    changed: `${path}: ${before}; now ${now}${file === path ? '' : ` in ${file}`}`,
    missing: `${path}: ${before}`,
    extra: `${file}${check.isDifference ? '' : ', in a folder that was named'}`,
  }
  return line(isRenamed ? 'renamed' : status, pen.text(words[status] ?? '', 1000), pen)
}

const storedWords = ({ bytes, sha256 }: NonNullable<InputCheck['found']>, { ellipsis }: Pen): string =>
  `${plural(bytes, 'byte')}, sha256 ${sha256.slice(0, HASH)}${ellipsis}`

const rerunLines = ({ networks, figures, parts }: Rerun, pen: Pen): string[] => [
  ...networkLines(networks, pen),
  ...line('totals', figures.length === 0 ? 'the same' : figures.map(figureWords).join('; '), pen),
  ...line('the rest', parts.length === 0 ? 'the same' : `differs: ${pen.text(parts.join(', '))}`, pen),
]

function networkLines({ same, changed, missing, unexpected, omitted }: NetworkComparison, pen: Pen): string[] {
  const more = changed.length - FEW
  const ids = (list: readonly string[]): string =>
    firstFew(
      list.slice(0, FEW).map((id) => pen.text(id, 16)),
      list.length,
      FEW,
    )
  const total = same + changed.length + missing.length
  const words = total === 0 ? 'none in the report' : `${formatCount(same)} of ${plural(total, 'network')} the same`
  return [
    ...line('networks', words, pen),
    ...(omitted > 0 ? line('', `${plural(omitted, 'network')} left out of the report: only counted`, pen) : []),
    ...changed
      .slice(0, FEW)
      .flatMap(({ id, differs }) => line('changed', `${pen.text(id, 16)}: ${pen.text(differs.join(', '))}`, pen)),
    ...(more > 0 ? line('', `and ${formatCount(more)} more`, pen) : []),
    ...(missing.length > 0 ? line('missing', ids(missing), pen) : []),
    ...(unexpected.length > 0 ? line('unexpected', ids(unexpected), pen) : []),
  ]
}

const figureWords = ({ name, reported, found }: FigureChange): string =>
  `${name} ${reported === null ? 'not there' : formatCount(reported)}, now ${found === null ? 'not there' : formatCount(found)}`

const line = (label: string, text: string, { width }: Pen): string[] =>
  labelled(label, text, { indent: INDENT, column: LABEL, width })
