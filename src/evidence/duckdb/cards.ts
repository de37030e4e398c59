import type { CardTable } from '../tables.ts'
import { present } from './canonical.ts'
import type { Session } from './session.ts'

/**
 * Cards by series: the same issuer range and expiry. The value tables hold what two accounts share, and a virtual card
 * that one account has is shared by nobody; only the cards beside it in its series tell.
 */

/** Columns that a source must map for a card to have a place in a series. */
const COLUMNS = ['card_bin', 'card_expiry', 'card_last4'] as const

/** Accounts with a card of the series below which nothing can be told, so the series is not kept. */
const LEAST_ACCOUNTS = 4

const hasCards = (fields: ReadonlySet<string>): boolean => COLUMNS.every((column) => fields.has(column))

/** A whole number that a table program wrote as a decimal, `4711.0`; not `4111.1111.1111.0000`, whose last group counts. */
const AS_WHOLE = `regexp_replace(${present('card_last4')}, '^([0-9]+)[.]0{1,3}$', '\\1')`

/** The last four digits as a number; leading zeros may be lost, and digits before them masked. NULL if there are none. */
const LAST_DIGITS = `TRY_CAST(regexp_extract(${AS_WHOLE}, '(?:^|[^0-9])([0-9]{1,4})$', 1) AS SMALLINT)`

function cardsSql(froms: readonly string[]): string {
  const rows = froms.map((from) => `SELECT DISTINCT account, ${COLUMNS.join(', ')} FROM ${from}`).join(' UNION ')
  return `CREATE OR REPLACE TEMP TABLE card AS SELECT account, bin, expiry, last4 FROM (
      SELECT DISTINCT account, ${present('card_bin')} AS bin, ${present('card_expiry')} AS expiry, ${LAST_DIGITS} AS last4
      FROM (${rows}) WHERE account IS NOT NULL)
    WHERE bin IS NOT NULL AND expiry IS NOT NULL AND last4 IS NOT NULL
    QUALIFY count(DISTINCT account) OVER (PARTITION BY bin, expiry) >= ${LEAST_ACCOUNTS}`
}

const SIDE = '(SELECT n AS account, side.* FROM side JOIN alias USING (account_raw) WHERE reject IS NULL)'

/** Reads the cards of all series that could hold a run; empty where the export has not all three columns together. */
export async function readCards(
  session: Session,
  logFields: ReadonlySet<string>,
  sideFields: ReadonlySet<string>,
): Promise<CardTable> {
  const froms = [...(hasCards(logFields) ? ['tuple'] : []), ...(hasCards(sideFields) ? [SIDE] : [])]
  if (froms.length === 0) return NO_CARDS
  await session.run('cards', cardsSql(froms))
  const bins: string[] = []
  const expiries: string[] = []
  await session.each(
    'card series',
    'SELECT bin, expiry FROM card GROUP BY ALL ORDER BY bin, expiry',
    (columns, rows) => {
      for (let row = 0; row < rows; row++) {
        bins.push(columns[0]![row] as string)
        expiries.push(columns[1]![row] as string)
      }
    },
  )
  const count = await session.scalar('cards', 'SELECT count(*)::DOUBLE FROM card')
  const cards = { account: new Int32Array(count), series: new Int32Array(count), last4: new Int16Array(count) }
  let next = 0
  const sql = `SELECT account, (dense_rank() OVER (ORDER BY bin, expiry) - 1)::INTEGER, last4 FROM card
    ORDER BY bin, expiry, last4, account`
  await session.each('card rows', sql, (columns, rows) => {
    for (let row = 0; row < rows; row++, next++) {
      cards.account[next] = columns[0]![row] as number
      cards.series[next] = columns[1]![row] as number
      cards.last4[next] = columns[2]![row] as number
    }
  })
  return { count, bins, expiries, ...cards }
}

export const NO_CARDS: CardTable = {
  count: 0,
  bins: [],
  expiries: [],
  account: new Int32Array(0),
  series: new Int32Array(0),
  last4: new Int16Array(0),
}
