type Fields = Readonly<Record<string, unknown>>

/** One step into a value: below a key, or into a list. */
type Step = (value: unknown) => unknown

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const below = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

/**
 * A path with dots and list steps: `a.b`, `a[0]`, `a[-1]`, `a[]`, `a[name=x].value`. A key that itself holds dots is
 * tried before the nested one, the longest first. Behind `[]` or `[name=x]`, every entry is followed.
 *
 * @throws Error for a path without a step
 */
export function compilePath(path: string): (value: unknown) => unknown {
  if (/^[^.[\]]+$/.test(path)) return (value) => below(value, path) // most are one key
  const segments = segmentsOf(path)
  if (segments.length === 0) throw new Error('a path needs a key')
  // A column may be called `TimeGenerated [UTC]`.
  return (value) => below(value, path) ?? follow(value, segments, 0)
}

interface Segment {
  readonly key: string
  /** List steps behind the key. */
  readonly steps: readonly Step[]
}

/** `a.b[0].c` → a, b with a list step, c; dots inside brackets are none. */
function segmentsOf(path: string): readonly Segment[] {
  const parts = path.match(/(?:[^.[\]]|\[[^\]]*\])+/g) ?? []
  return parts.map((part) => {
    const [, key = '', lists = ''] = /^([^[]*)(.*)$/.exec(part) ?? []
    return { key, steps: [...lists.matchAll(/\[([^\]]*)\]/g)].map(([, inner = '']) => listStep(inner)) }
  })
}

/** Entries of a list that are followed each; more than that are no messages or tools. */
const MAX_ENTRIES = 10_000

/** Marks a list whose entries are followed one by one. */
const EACH = Symbol('each')
type Each = { readonly [EACH]: readonly unknown[] }
const isEach = (value: unknown): value is Each => typeof value === 'object' && value !== null && EACH in value

function listStep(inner: string): Step {
  if (inner === '') return (value) => (Array.isArray(value) ? { [EACH]: value.slice(0, MAX_ENTRIES) } : undefined)
  if (/^-?\d+$/.test(inner)) return (value) => (Array.isArray(value) ? value.at(Number(inner)) : undefined)
  const [key = '', ...rest] = inner.split('=')
  const wanted = rest.join('=').split('/')
  const lower = wanted.map((each) => each.toLowerCase())
  const isWanted = (entry: unknown): boolean => wanted.includes(textBelow(entry, key))
  const isSameCase = (entry: unknown): boolean => lower.includes(textBelow(entry, key).toLowerCase())
  return (value) => {
    if (!Array.isArray(value)) return undefined
    const exact = value.slice(0, MAX_ENTRIES).filter(isWanted)
    return { [EACH]: exact.length > 0 ? exact : value.slice(0, MAX_ENTRIES).filter(isSameCase) }
  }
}

/** A single value as text; an object is none, and need not have a way to become one. */
function textBelow(entry: unknown, key: string): string {
  const value = below(entry, key)
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value).trim()
}

function follow(value: unknown, segments: readonly Segment[], from: number): unknown {
  if (from === segments.length) return isEach(value) ? value[EACH] : value
  if (isEach(value)) return followEach(value[EACH], segments, from)
  // The longest literal key first: only the last segment of a joined key may have list steps.
  for (let to = segments.length; to > from; to--) {
    const joined = segments.slice(from, to)
    if (joined.slice(0, -1).some(({ steps }) => steps.length > 0)) continue
    const last = joined.at(-1)!
    const key = joined.map((segment) => segment.key).join('.')
    const start = key === '' ? value : below(value, key)
    if (start === undefined) continue
    const found = follow(
      last.steps.reduce<unknown>((inner, step) => step(inner), start),
      segments,
      to,
    )
    if (found !== undefined) return found
  }
  return undefined
}

/** One entry that has a value gives it as it is, several give a list. */
function followEach(entries: readonly unknown[], segments: readonly Segment[], from: number): unknown {
  const found = entries
    .map((entry) => follow(entry, segments, from))
    .filter((each) => each !== undefined && each !== null)
  const flat = found.flat()
  return flat.length === 0 ? undefined : flat.length === 1 ? flat[0] : flat
}
