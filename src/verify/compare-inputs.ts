import type { SavedInput } from '../saved/report.ts'
import type { GivenFile, InputCheck } from './verification.ts'

/**
 * Holds files against the inputs of a report, by content first: a file that was renamed or moved is the same. Of several with
 * the same bytes, the one of the same name is taken first.
 *
 * @returns one check per input of the report, in its order, then the extra files in the order given
 */
export function compareInputs(inputs: readonly SavedInput[], files: readonly GivenFile[]): InputCheck[] {
  const left = new Set(files)
  const found = new Map<SavedInput, GivenFile>()
  for (const keyOf of KEYS) {
    const waiting = new Map<string, GivenFile[]>()
    for (const file of left) waiting.set(keyOf(file), [...(waiting.get(keyOf(file)) ?? []), file])
    for (const input of inputs) {
      const file = found.has(input) ? undefined : waiting.get(keyOf(input))?.shift()
      if (file === undefined) continue
      left.delete(file)
      found.set(input, file)
    }
  }
  return [
    ...inputs.map((input, position) => checkOf(input, position, found.get(input) ?? null)),
    ...[...left].map(extra),
  ]
}

type Stored = Pick<GivenFile, 'path' | 'bytes' | 'sha256'>

const contentOf = ({ bytes, sha256 }: Stored): string => `${sha256} ${bytes}`

/**
 * What pairs are made by, the best first. Names alone come last: what is the same under another name must not pass for
 * another version of something else.
 */
const KEYS: readonly ((stored: Stored) => string)[] = [
  (stored) => `${contentOf(stored)} ${stored.path}`,
  (stored) => `${contentOf(stored)} ${lastPart(stored.path)}`,
  contentOf,
  ({ path }) => path,
  ({ path }) => lastPart(path),
]

const lastPart = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

function checkOf(input: SavedInput, position: number, file: GivenFile | null): InputCheck {
  const status = file === null ? 'missing' : contentOf(input) === contentOf(file) ? 'same' : 'changed'
  return {
    status,
    position,
    path: input.path,
    file: file?.path ?? null,
    isRenamed: status === 'same' && input.path !== file!.path,
    reported: { bytes: input.bytes, sha256: input.sha256 },
    found: file && { bytes: file.bytes, sha256: file.sha256 },
    isDifference: status !== 'same',
  }
}

const extra = ({ path, bytes, sha256, isFound }: GivenFile): InputCheck => ({
  status: 'extra',
  position: null,
  path: null,
  file: path,
  isRenamed: false,
  reported: null,
  found: { bytes, sha256 },
  isDifference: !isFound,
})
