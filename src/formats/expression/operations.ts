import { withExactIntegers } from './exact-integers.ts'
import { compilePath } from './path.ts'

/** Makes another value of one that is there. Never throws. */
export type Operation = (value: unknown) => unknown

/** Embedded JSON texts that are opened one in another. */
const MAX_EMBEDDED = 3

/** Operation by name; each takes what stands behind its colon. */
const OPERATIONS: Readonly<Record<string, (argument: string) => Operation>> = {
  json: () => embedded,
  at: (path) => compilePath(named(path, 'at')),
  key: (key) => below(named(key, 'key')),
  tag: (name) => taggedValue(named(name, 'tag')),
  // Marks of an address or a list of them: which of it is the client's is found out for every address alike.
  ip: () => (value) => value,
  xff: () => (value) => value,
  upper: () => (value) => (typeof value === 'string' ? value.toUpperCase() : value),
  lower: () => (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  mul: (factor) => scaled(numberOf(factor, 'mul')),
  div: (divisor) => scaled(1 / numberOf(divisor, 'div')),
  re: (source) => firstGroup(withGroup(source)),
  urldecode: () => decoded,
  device: () => deviceOf,
}

/** @throws Error for a name that there is not, and for what an operation cannot take */
export function operationOf(text: string): Operation {
  const colon = text.indexOf(':')
  const name = colon < 0 ? text : text.slice(0, colon)
  const make = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
  if (make === undefined) throw new Error(`no operation '${name}'; there are ${Object.keys(OPERATIONS).join(', ')}`)
  return make(colon < 0 ? '' : text.slice(colon + 1))
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const below =
  (key: string): Operation =>
  (value) =>
    isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

function named(argument: string, name: string): string {
  if (argument.trim() === '') throw new Error(`'${name}' needs a name behind its colon`)
  return argument
}

function numberOf(argument: string, name: string): number {
  const number = Number(named(argument, name))
  if (!Number.isFinite(number) || number === 0) throw new Error(`'${name}' needs a number other than 0`)
  return number
}

function withGroup(source: string): RegExp {
  const groups = new RegExp(`${source}|`).exec('')!.length - 1
  if (groups === 0) throw new Error("'re' gives the first group, and there is none")
  return new RegExp(source)
}

function embedded(value: unknown): unknown {
  let inner = value
  for (let level = 0; level < MAX_EMBEDDED && typeof inner === 'string' && /^\s*[[{"]/.test(inner); level++) {
    try {
      inner = JSON.parse(withExactIntegers(inner))
    } catch {
      return level === 0 ? value : inner
    }
  }
  return inner
}

/** Of `Name: value` texts the longest value, which says most. */
const taggedValue =
  (name: string): Operation =>
  (value) => {
    const tags = Array.isArray(value) ? value : [value]
    const values = tags
      .filter((tag): tag is string => typeof tag === 'string' && tag.startsWith(`${name}:`))
      .map((tag) => tag.slice(name.length + 1).trim())
    return values.reduce<string | undefined>(
      (best, each) => (best === undefined || each.length > best.length ? each : best),
      undefined,
    )
  }

const scaled =
  (factor: number): Operation =>
  (value) => {
    const number =
      typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
    return Number.isFinite(number) ? number * factor : undefined
  }

const firstGroup =
  (pattern: RegExp): Operation =>
  (value) =>
    typeof value === 'string' ? pattern.exec(value.slice(0, 10_000))?.[1] : undefined

/** Some logs encode twice, and some texts hold a percent sign that encodes nothing. */
function decoded(value: unknown): unknown {
  let text = value
  for (let times = 0; times < 2 && typeof text === 'string' && /%[0-9a-f]{2}/i.test(text); times++) {
    try {
      text = decodeURIComponent(text)
    } catch {
      return text
    }
  }
  return text
}

/** The device out of a client's `metadata.user_id`, which holds it beside account and session. */
function deviceOf(value: unknown): unknown {
  if (typeof value !== 'string') return undefined
  const plain = /^user_([0-9a-f]{16,64})_account_/.exec(value)?.[1]
  if (plain !== undefined) return plain
  // Some logs cut the text, so that it is no JSON any more.
  return /"device_id"\s*:\s*"([^"\\]{1,200})"/.exec(value.slice(0, 1000))?.[1]
}
