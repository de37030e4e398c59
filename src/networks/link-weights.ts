import type { Config } from '../config.ts'
import { FAMILIES } from '../model.ts'
import { agreementBits, strangerShare } from '../signals/rarity.ts'
import { fieldOf, isThing, type Signal } from '../signals/signal.ts'
import { mostHoldersOfLink } from './hubs.ts'
import type { Incidence } from './incidence.ts'

/** What a value is worth as a link, by value number: 0 for what may not link. */
export interface LinkWeights {
  readonly bits: Float64Array
  readonly family: Uint8Array
  /** 1 for a card or a device. */
  readonly isThing: Uint8Array
}

/** Bits of every value that may link two accounts directly, before any discount. */
export function weighValues(incidence: Incidence, signals: readonly Signal[], config: Config): LinkWeights {
  const { values, fields } = incidence.tables
  const bits = new Float64Array(values.count)
  const family = new Uint8Array(values.count)
  const isThingOf = new Uint8Array(values.count)
  const limitOf = mostHoldersOfLink(incidence.tables.accounts.count, config)
  const bySignal = fields.map(({ name }) =>
    signals.find((signal) => signal.role === 'link' && signal.fields.includes(name)),
  )
  for (let value = 0; value < values.count; value++) {
    const signal = bySignal[values.field[value]!]
    if (!signal || values.holders[value]! > limitOf(signal)) continue
    const share = strangerShare(fieldOf(incidence.tables, value), values.holders[value]!, 0, 0, isThing(signal))
    bits[value] = agreementBits(signal.agreement, share)
    family[value] = FAMILIES.indexOf(signal.family)
    isThingOf[value] = isThing(signal) ? 1 : 0
  }
  return { bits, family, isThing: isThingOf }
}
