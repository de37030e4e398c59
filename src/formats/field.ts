import type { Family } from '../model.ts'

/**
 * What the tool does with a canonical field:
 * `key` and `time` make a record; `join` ties rows of several files together and is no evidence; `measure` is summed; `fact` is single-valued per account;
 * `holding` is a set of values an account was seen with; `mix` is counted per account and value;
 * `text` is reduced inside the engine and never leaves it; `ignored` is accepted and not used yet.
 */
export type FieldRole = 'key' | 'time' | 'join' | 'measure' | 'fact' | 'holding' | 'mix' | 'text' | 'ignored'

export interface CanonicalField {
  readonly name: string
  readonly role: FieldRole
  /** Evidence family of a holding; `null` for what is never evidence (geography above all). */
  readonly family: Family | null
  /** Other names, matched after lower-casing and with `_`, `-` and camel case folded; dots are nested paths. */
  readonly aliases: readonly string[]
}

/** A canonical field with its aliases. */
export const field = (name: string, role: FieldRole, family: Family | null, ...aliases: string[]): CanonicalField => ({
  name,
  role,
  family,
  aliases,
})
