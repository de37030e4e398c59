import { EXIT } from '../errors.ts'
import { CANONICAL_FIELDS } from '../formats/fields.ts'
import { KINDS, type Kind, type Preset } from '../formats/preset.ts'
import { PRESETS } from '../formats/presets.ts'
import { escapeJson } from '../report/safe-text.ts'
import { labelled, wrap } from '../report/table/layout.ts'
import { createPen } from '../report/table/pen.ts'
import type { CommandContext } from './context.ts'
import type { FormatsFlags } from './options.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'

/** One format that is recognised. */
interface FormatEntry {
  readonly id: string
  readonly title: string
  readonly kind: Kind
  /** Canonical fields that it can fill, in the order of `docs/fields.md`. */
  readonly fields: readonly string[]
  readonly notes: readonly string[]
}

/** `distill-scan formats`: lists what is recognised by its content. @returns 0 */
export async function runFormats(flags: FormatsFlags, { io }: CommandContext): Promise<number> {
  const own = flags.configFile?.presets ?? []
  const ids = new Set(own.map(({ id }) => id))
  const entries = [...own, ...PRESETS.filter(({ id }) => !ids.has(id))].map(entryOf)
  if (flags.format === 'json') {
    await io.out(`${escapeJson(JSON.stringify({ schemaVersion: 1, formats: entries }, null, 2))}\n`)
    return EXIT.ok
  }
  const style = {
    width: reportWidth(io.env, io.stdoutIsTerminal ? io.columns : null),
    color: wantsColor({ flag: flags.color, env: io.env, isTerminal: io.stdoutIsTerminal }),
    unicode: wantsUnicode(io.env, io.platform),
  }
  await io.out(renderFormats(entries, style))
  return EXIT.ok
}

function entryOf({ id, title, kind, fields, time, notes }: Preset): FormatEntry {
  const filled = new Set([...Object.keys(fields), ...(time.length > 0 ? ['timestamp'] : [])])
  const names = CANONICAL_FIELDS.map(({ name }) => name).filter((name) => filled.has(name))
  return { id, title, kind, fields: names, notes: notes ?? [] }
}

const TITLES: Readonly<Record<Kind, string>> = {
  request: 'Logs of requests',
  edge: 'What an edge, proxy or audit log saw of requests; joined by request id where there is a log of requests',
  auth: 'Sign-ups, sign-ins and audit events of accounts',
  payment: 'Payments and cards of accounts',
  account: 'Tables of accounts and keys',
  usage: 'Sums over hours or days: recognised, but of no use to a scan',
}

function renderFormats(
  entries: readonly FormatEntry[],
  style: { readonly width: number; readonly color: boolean; readonly unicode: boolean },
): string {
  const pen = createPen({ ...style, minSeverity: 'low', top: null, details: 0 })
  const column = Math.max(...entries.map(({ id }) => id.length)) + 2
  const blocks = KINDS.flatMap((kind) => {
    const own = entries.filter((entry) => entry.kind === kind)
    if (own.length === 0) return []
    const title = wrap(TITLES[kind], pen.width).map((line) => pen.strong(line))
    const lines = own.flatMap(({ id, title: text }) =>
      labelled(id, pen.text(text, 200), { indent: 2, column, width: pen.width }),
    )
    return [[...title, ...lines].join('\n')]
  })
  const last = 'Anything else is read by the names of its columns; distill-scan inspect FILE shows how.'
  return `${[...blocks, wrap(last, pen.width).join('\n')].join('\n\n')}\n`
}
