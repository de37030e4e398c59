/** An element of a document. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Text directly inside, entities resolved. */
  readonly text: string
}

/** XML 1.0 (fifth edition), production 2. */
const CHARACTERS = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
const TOKEN = /<\/(?<end>[a-z]+)>|<(?<start>[a-z]+)(?<attributes>(?:\s[^<>]*?)?)(?<empty>\/?)>|(?<text>[^<]+)/uy
const ATTRIBUTE = /\s(?<name>[a-z]+)="(?<value>[^"<]*)"/uy
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

interface Open {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

/**
 * A strict reader of the XML that the tool writes: elements, attributes in double quotes and the five entities, nothing
 * else. Narrower than XML, so that all it takes is well-formed.
 *
 * @throws Error that says what is not well-formed
 */
export function parseXml(document: string): XmlElement {
  if (!CHARACTERS.test(document)) throw new Error('a character that XML forbids')
  if (!document.startsWith(DECLARATION)) throw new Error('no declaration')
  const root: Open = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  for (const token of tokensOf(document.slice(DECLARATION.length))) {
    const inner = open.at(-1)!
    if (token.text !== undefined) inner.text += resolved(token.text)
    else if (token.end !== undefined) {
      if (open.length === 1 || inner.name !== token.end) throw new Error(`</${token.end}> closes <${inner.name}>`)
      open.pop()
    } else {
      const element: Open = { name: token.start!, attributes: attributesOf(token.attributes!), children: [], text: '' }
      inner.children.push(element)
      if (token.empty === '') open.push(element)
    }
  }
  const [top, ...others] = root.children
  if (open.length > 1 || top === undefined || others.length > 0) throw new Error('not one closed element')
  if (root.text.trim() !== '') throw new Error('text outside')
  return top
}

function* tokensOf(text: string): Generator<Readonly<Record<string, string | undefined>>> {
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const { lastIndex } = TOKEN
    const match = TOKEN.exec(text)
    if (match === null) throw new Error(`no markup: ${JSON.stringify(text.slice(lastIndex, lastIndex + 60))}`)
    const after = TOKEN.lastIndex
    yield match.groups!
    TOKEN.lastIndex = after
  }
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  ATTRIBUTE.lastIndex = 0
  let read = 0
  for (let match = ATTRIBUTE.exec(text); match !== null; match = ATTRIBUTE.exec(text)) {
    const { name, value } = match.groups!
    if (name! in found) throw new Error(`${name} comes twice`)
    found[name!] = resolved(value!)
    read = ATTRIBUTE.lastIndex
  }
  if (text.slice(read).trim() !== '') throw new Error(`no attribute: ${JSON.stringify(text.slice(read))}`)
  return found
}

/** @throws Error for `]]>` (production 14), a bare ampersand and any entity but the five */
function resolved(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in a text')
  return text.replace(/&(?:(\w+);)?/gu, (all, name) => {
    const char = ENTITIES[name]
    if (char === undefined) throw new Error(`no entity: ${all}`)
    return char
  })
}
