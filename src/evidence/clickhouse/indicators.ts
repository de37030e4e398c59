import { INDICATOR_CHARACTERS, INDICATORS, type Indicator } from '../indicators.ts'
import { literal } from './encode.ts'
import type { Definition } from './select.ts'
import type { Table } from './table.ts'
import { lowered } from './text-hash.ts'

/** Requests by the wording of their prompts, as `duckdb/indicator-sql.ts` counts them. */

/**
 * `ds_words`: what the patterns are tried on.
 *
 * @param texts names of raw texts
 */
export function wordsDefinition(table: Table, texts: readonly string[]): Definition {
  const [first, second] = texts.map((text) => `substringUTF8(ifNull(${text}, ''), 1, ${INDICATOR_CHARACTERS})`)
  const joined =
    second === undefined
      ? first!
      : `multiIf(isNull(${texts[0]}), ${second}, isNull(${texts[1]}), ${first}, concat(${first}, '\\n', ${second}))`
  return ['ds_words', lowered(joined, table)]
}

/** What an indicator asks of the token counts; `null` if nothing. */
export interface TokenCondition {
  readonly sql: string
}

/**
 * Columns `ds_indicator_0` and so on: matching requests of a group. Where token counts are such that only DuckDB can tell
 * them, wordings alone are counted, and the condition on tokens is held here.
 */
export const indicatorColumns = (measures: ReadonlySet<string>): readonly string[] =>
  INDICATORS.map((each, n) => `countIf(${matches(each, measures)}) AS ds_indicator_${n}`)

function matches({ cues, patterns, mostOutputTokens, outputShare }: Indicator, measures: ReadonlySet<string>): string {
  const cue = cues.map((text) => `position(ds_words, ${literal(text)}) > 0`).join(' OR ')
  const tests = patterns.map((pattern) => `match(ds_words, ${literal(pattern)})`)
  const conditions: string[] = []
  const isOdd = ['input_tokens', 'output_tokens']
    .filter((each) => measures.has(each))
    .map((each) => `isNotNull(ds_${each}_odd)`)
  if (mostOutputTokens !== undefined && measures.has('output_tokens')) {
    conditions.push(`ds_output_tokens <= ${mostOutputTokens}`) // -1, unknown, counts
  }
  if (outputShare !== undefined && measures.has('output_tokens') && measures.has('input_tokens')) {
    const [least, most] = outputShare
    const share = 'ds_output_tokens / ds_input_tokens'
    conditions.push(`(ds_output_tokens < 0 OR ds_input_tokens <= 0 OR (${share} >= ${least} AND ${share} <= ${most}))`)
  }
  const held = conditions.length === 0 ? [] : [`(${[...isOdd, `(${conditions.join(' AND ')})`].join(' OR ')})`]
  return `(${cue}) AND ${[...held, ...tests].join(' AND ')}`
}
