import { INDICATOR_CHARACTERS, INDICATORS, type Indicator } from '../indicators.ts'
import { countOf } from './canonical.ts'
import { identifier, literal } from './sql.ts'

/** SQL that counts requests by the wording of their prompts. Nothing of the text outlives the reading. */

const TEXTS = ['system_prompt', 'user_prompt']

/** The texts among the mapped fields. */
export const mappedTexts = (fields: ReadonlySet<string>): readonly string[] => TEXTS.filter((text) => fields.has(text))

/** What the patterns are tried on: the beginnings of the texts in lower case, one below the other. */
export const wordsOf = (texts: readonly string[]): string =>
  `lower(concat_ws(chr(10), ${texts.map((text) => `left(${identifier(text)}, ${INDICATOR_CHARACTERS})`).join(', ')}))`

/** Column of an indicator in the base step, by its position. */
const columnOf = (number: number): string => `indicator_${number}`

/** `, count(…) AS indicator_0, …` over a column `words`; nothing without texts. */
export const indicatorCounts = (measures: ReadonlySet<string>): string =>
  INDICATORS.map((each, n) => `, count(*) FILTER (WHERE ${matches(each, measures)}) AS ${columnOf(n)}`).join('')

/** A CASE, because only that keeps the patterns from being tried on every record. */
function matches({ cues, patterns, mostOutputTokens, outputShare }: Indicator, measures: ReadonlySet<string>): string {
  const cue = cues.map((text) => `contains(words, ${literal(text)})`).join(' OR ')
  const tests = patterns.map((pattern) => `regexp_matches(words, ${literal(pattern)})`)
  const [output, input] = ['output_tokens', 'input_tokens'].map((each) => (measures.has(each) ? countOf(each) : 'NULL'))
  if (mostOutputTokens !== undefined) tests.unshift(`COALESCE(${output} <= ${mostOutputTokens}, TRUE)`)
  if (outputShare) tests.unshift(`COALESCE(${output} / NULLIF(${input}, 0) BETWEEN ${outputShare.join(' AND ')}, TRUE)`)
  return `CASE WHEN ${cue} THEN ${tests.join(' AND ')} ELSE FALSE END`
}

/** Matching requests of each account, by account number. */
export const indicatorRowsSql = `SELECT n${INDICATORS.map((_, i) => `, sum(${columnOf(i)})::DOUBLE`).join('')}
  FROM base JOIN alias USING (account_raw) WHERE reject IS NULL GROUP BY n`
