import { FAMILIES } from '../../src/model.ts'
import { innocentHypotheses } from '../../src/networks/innocent.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { FAMILY_CAP_BITS, signals } from '../../src/signals/registry.ts'
import { code, table } from './tables.ts'

/** `docs/signals.md`: what is made from the code, and how its sections are read. */

/** Every signal, by family in the order of the model. */
export const ALL_SIGNALS = FAMILIES.flatMap((family) =>
  [...signals, ...orderSignals].filter((signal) => signal.family === family),
)

type AnySignal = (typeof ALL_SIGNALS)[number]

const ROLE_MEANS = {
  link: 'may tie two accounts, and confirms a group',
  pattern: 'confirms a group, ties nobody',
  corroborator: 'is shown, and counts nothing',
} as const satisfies Record<AnySignal['role'], string>

/** The list of all signals by family, with links. */
export const signalIndex = (): string =>
  table(
    ['family', 'counts at most', 'signals'],
    FAMILIES.map((family) => [
      family,
      `${FAMILY_CAP_BITS[family]} bits`,
      ALL_SIGNALS.filter((signal) => signal.family === family)
        .map(({ id }) => `[${code(id)}](#${id})`)
        .join(' '),
    ]),
  )

/** The box of one section. */
export const signalBox = (signal: AnySignal): string => {
  const { id, title, why, family, role, statistic, needs, innocentCauses } = signal
  const explaining = innocentHypotheses.filter(({ explains }) => explains.includes(id)).map(({ name }) => name)
  const rows = [
    ['role', `${code(role)}: ${ROLE_MEANS[role]}`],
    ['family', `${family}, which counts ${FAMILY_CAP_BITS[family]} bits at most`],
    ['statistic', statistic],
    ['reads', needs.map(code).join(' ')],
    ['innocent causes', innocentCauses.join('; ')],
    ['accounted for by', explaining.length === 0 ? 'no innocent explanation' : explaining.join('; ')],
  ]
  return `**${title}.** ${why}\n\n${table(['', ''], rows)}`
}

/** What a section must say, in this order, each as a paragraph that begins with these words in bold. */
export const PARTS = [
  'What it measures.',
  'Null and threshold.',
  'Telling it from the innocent.',
  'What would confirm the innocent cause.',
  'Example.',
  'Knobs.',
] as const

export type Part = (typeof PARTS)[number]

export interface SignalSection {
  readonly id: string
  /** Lead words → the rest of the paragraph on one line, in the order of the page. */
  readonly parts: ReadonlyMap<string, string>
}

/** The sections of the page, in its order. */
export const sectionsOf = (page: string): SignalSection[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const id = text.slice(0, text.indexOf('\n'))
      const prose = text.slice(text.indexOf(`<!-- end: ${id} -->`))
      const paragraphs = prose.split('\n\n').map((each) => each.replaceAll(/\s+/g, ' ').trim())
      const led = paragraphs.flatMap((each) => [...each.matchAll(/^\*\*([^*]+)\*\* ?(.*)$/g)])
      return { id, parts: new Map(led.map(([, lead, rest]) => [lead!, rest!])) }
    })

/** Names in code marks that stand in a part behind `Settings:` or `Columns:`, up to the next full stop. */
export const namesBehind = (lead: 'Settings' | 'Columns', knobs: string): string[] => {
  const [, list] = new RegExp(`${lead}: ([^.]*)\\.`).exec(knobs) ?? []
  return [...(list ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name!)
}
