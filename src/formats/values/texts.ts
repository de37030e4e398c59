/** Texts out of the many shapes in which products log what was asked. */

/** Characters from the beginning and from the end of a prompt that the engine looks at. */
const HEAD = 4096
const TAIL = 1024

/** The parts of a long text that the engine hashes and searches; a short one as it is. */
export const clip = (text: string): string =>
  text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)}${text.slice(-TAIL)}`

const MAX_DEPTH = 6
const MAX_ITEMS = 10_000

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (value: Fields, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined)

/** A JSON text, parsed; anything else as it is. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/**
 * The text of the newest thing that the user said: of a list of messages the last of the user's that holds text, of an
 * object its messages, contents, prompt or input. A text is itself.
 */
export function promptText(value: unknown): string | null {
  const content = parsed(value)
  if (typeof content === 'string') return content
  if (isObject(content)) return fromObject(content)
  if (!Array.isArray(content)) return null
  const messages = content.slice(-MAX_ITEMS).filter(isObject)
  const hasRoles = messages.some((message) => typeof own(message, 'role') === 'string')
  const own_ = hasRoles ? messages.filter((message) => own(message, 'role') === 'user') : messages
  for (const message of own_.reverse()) {
    const text = textOf(message)
    if (text !== '') return text
  }
  return hasRoles ? null : orNull(textOf(content))
}

function fromObject(content: Fields): string | null {
  for (const key of ['messages', 'contents', 'prompt', 'input', 'inputText']) {
    const inner = own(content, key)
    if (inner !== undefined && inner !== null) return promptText(inner)
  }
  return orNull(textOf(content))
}

const SYSTEM_ROLES: ReadonlySet<unknown> = new Set(['system', 'developer'])

/** The text of the instructions, in any of the same shapes; of a list of messages those of the system or developer. */
export function systemText(value: unknown): string | null {
  const content = parsed(value)
  if (!Array.isArray(content)) return orNull(textOf(content))
  const messages = content.slice(0, MAX_ITEMS)
  const hasRoles = messages.some((message) => isObject(message) && typeof own(message, 'role') === 'string')
  return orNull(textOf(hasRoles ? messages.filter((m) => isObject(m) && SYSTEM_ROLES.has(own(m, 'role'))) : messages))
}

/** The names of tools, sorted, each once, with commas between. */
export function toolNames(value: unknown): string | null {
  const content = parsed(value)
  const names = (Array.isArray(content) ? content.flat(2) : [content])
    .map((each) => (isObject(each) ? (own(each, 'name') ?? nameOfFunction(each)) : each))
    .filter((name) => typeof name === 'string' && name.trim() !== '')
  return names.length === 0 ? null : [...new Set(names as string[])].sort().join(',')
}

const nameOfFunction = (tool: Fields): unknown => {
  const inner = own(tool, 'function') ?? own(tool, 'toolSpec')
  return isObject(inner) ? own(inner, 'name') : undefined
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text)

/** All text below a value: blocks, parts and lists of them, in order, a line each. */
function textOf(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value
  if (depth > MAX_DEPTH) return ''
  if (Array.isArray(value)) {
    const texts = value.slice(0, MAX_ITEMS).map((each) => textOf(each, depth + 1))
    return texts.filter((text) => text !== '').join('\n')
  }
  if (!isObject(value)) return ''
  for (const key of ['text', 'content', 'parts']) {
    const inner = own(value, key)
    if (inner !== undefined && inner !== null) return textOf(inner, depth + 1)
  }
  return ''
}
