import type { MappedSource } from '../engine.ts'
import { DAY_MS } from '../steps.ts'
import { present } from './canonical.ts'
import { engineRowsSql, forgetHoldingsSql, hashesAlike } from './case-engine.ts'
import { CASE, CASE_TABLES, caseColumns, emptySql, metaSql } from './case-tables.ts'
import { fastHolding, presentFields, SOLE_ADDRESS } from './fields.ts'
import type { Sampler } from './log-steps.ts'
import { recordsSql } from './pass-one.ts'
import type { Session } from './session.ts'
import { identifier, literal } from './sql.ts'
import { stableHash } from './stable-hash.ts'

/**
 * With a case, the log steps stand for all nights: `base` and `side` are views of what is kept and of tonight's, `fast` is
 * made of both. Nothing of the case is written here; tonight's own rows wait in `night_…` tables.
 */

/** What earlier nights had. */
export interface Past {
  readonly logFields: ReadonlySet<string>
  /** Empty if no night had a side file. */
  readonly sideFields: ReadonlySet<string>
  /** Holding of a fast field → m where one value in m was kept. */
  readonly keptOneIn: ReadonlyMap<string, number>
  /** Holdings that were sampled by another hash than this engine's: what is kept of them is of no use. */
  readonly lost: ReadonlySet<string>
  /** Name of what drew these samples. */
  readonly sampler: string
}

/** What a night adds to that. */
export type Tonight = Omit<Past, 'lost'>

export async function readPast(session: Session): Promise<Past> {
  const [logFields, sideFields] = [new Set<string>(), new Set<string>()]
  const keptOneIn = new Map<string, number>()
  await session.each('case', `SELECT place, name, keep_one_in FROM ${CASE}.field`, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      const [place, name, keepOneIn] = [0, 1, 2].map((column) => columns[column]![row]) as [
        string,
        string,
        number | null,
      ]
      if (place === 'sample') keptOneIn.set(name, keepOneIn ?? 1)
      else (place === 'side' ? sideFields : logFields).add(name)
    }
  })
  const lost = (await hashesAlike(session)) ? [] : [...keptOneIn.keys()].filter((name) => keptOneIn.delete(name))
  let sampler = 'duckdb'
  await session.each('case', metaSql('sampler', sampler), (columns) => {
    sampler = columns[0]![0] as string
  })
  return { logFields, sideFields, keptOneIn, lost: new Set(lost), sampler }
}

/** A night without any new log: its steps are empty. */
export const emptyNightSql = `CREATE TEMP TABLE base AS SELECT NULL::INTEGER AS source, NULL::VARCHAR AS reject, *
  FROM (${emptySql('base')})`

/** Puts what is kept beside tonight's `base` and `side`. */
export async function joinKeptLogs(session: Session, hasSide: boolean, hasAnySide: boolean): Promise<void> {
  await session.run('case', 'ALTER TABLE base RENAME TO night_base')
  await session.run('case', unionSql('VIEW', 'base', []))
  if (hasSide) await session.run('case', 'ALTER TABLE side RENAME TO night_side')
  else
    await session.run(
      'case',
      `CREATE TEMP TABLE night_side AS SELECT *, NULL::INTEGER AS source, NULL::VARCHAR AS reject FROM (${emptySql('side')})`,
    )
  // Not a view: some twenty queries at once read it, and each would hold blocks of the file.
  if (hasAnySide) await session.run('case', unionSql('TABLE', 'side', ['row_hash', 'day']))
}

const unionSql = (kind: 'TABLE' | 'VIEW', table: 'base' | 'side', without: readonly string[]): string =>
  `CREATE TEMP ${kind} ${table} AS SELECT * FROM night_${table} UNION ALL BY NAME
    SELECT -1 AS source, NULL::VARCHAR AS reject, ${table === 'side' ? '1 AS records, ' : ''}${caseColumns(table, without).join(', ')} FROM ${CASE}.${table}`

/**
 * Makes `fast` of what is kept and of tonight's `night_fast`, a row for each account and value again. The sole address of a
 * block is one only if every day had it.
 *
 * @param sampled holding → m; of what is kept under a smaller m, what m keeps is left
 * @param lost holdings of which nothing that is kept is used
 */
export async function joinKeptFast(
  session: Session,
  fast: readonly string[],
  sampled: ReadonlyMap<string, number>,
  { lost, sampler: before }: Past,
  sampler: Sampler,
): Promise<void> {
  const names = fast.map((field) => fastHolding(field).name)
  const keys = names.map(identifier)
  const held = names.map((name) => {
    const m = sampled.get(name) ?? 1
    if (lost.has(name)) return `${identifier(name)} IS NULL`
    // Samples of another sampler stand beside nothing new, or the scan had been refused.
    return m > 1 && before === sampler.name
      ? `(${identifier(name)} IS NULL OR ${sampler.isKept(identifier(name), m)})`
      : 'TRUE'
  })
  const sole = names.includes('ip_block')
    ? `, CASE WHEN count(*) = count(${SOLE_ADDRESS}) AND min(${SOLE_ADDRESS}) = max(${SOLE_ADDRESS}) THEN min(${SOLE_ADDRESS}) END AS ${SOLE_ADDRESS}`
    : ''
  await session.run(
    'case',
    `CREATE TEMP TABLE fast AS SELECT account_raw, ${keys.join(', ')}, sum(requests)::BIGINT AS requests, min(first_ms) AS first_ms,
        max(last_ms) AS last_ms${sole}
      FROM (SELECT * FROM night_fast UNION ALL BY NAME SELECT ${caseColumns('fast').join(', ')} FROM ${CASE}.fast WHERE ${held.join(' AND ')})
      WHERE COALESCE(${keys.join(', ')}) IS NOT NULL GROUP BY account_raw, ${keys.join(', ')}`,
  )
}

/** What stands for a request of an account among the kept ids. */
export const idHash = (account: string, request: string): string => stableHash([account, request])

/** Hashes of the request ids of the newest two days of tonight's logs; of none where they have no ids. */
export const nightIdSql = (logs: readonly MappedSource[]): string =>
  `CREATE TEMP TABLE night_id AS ${
    presentFields(logs).has('request_id')
      ? `SELECT DISTINCT ${idHash('account_id', present('request_id'))} AS hash, ms // ${DAY_MS} AS day
    FROM (${recordsSql(logs, ['request_id'])})
    WHERE reject IS NULL AND ${present('request_id')} IS NOT NULL
      AND ms // ${DAY_MS} BETWEEN (SELECT last_day - 1 FROM night_window) AND (SELECT last_day FROM night_window)`
      : emptySql('recent_id')
  }`

/** Adds tonight's evidence to the case. To be run in one transaction. */
export function keepSql(past: Past, tonight: Tonight): string[] {
  const day = `COALESCE((SELECT last_day FROM night_window), (SELECT max(last_ms) // ${DAY_MS} FROM ${CASE}.input), 0)`
  const side = caseColumns('side', ['row_hash', 'day'])
  // Behind its name, and in the order of names: a column that a later version adds does not make other rows of those that have none.
  const named = [...side].sort().map((column) => `(${literal(`${column}=`)} || ${column})`)
  return [
    ...engineRowsSql,
    ...forgetHoldingsSql(past.lost),
    keepBaseSql,
    `CREATE TEMP TABLE night_row AS SELECT ${stableHash(named)} AS row_hash, ${day} AS day, ${side.join(', ')}
      FROM (SELECT * FROM night_side WHERE reject IS NULL UNION ALL BY NAME ${emptySql('side')}) GROUP BY ALL`,
    `DELETE FROM ${CASE}.side WHERE row_hash IN (SELECT row_hash FROM night_row)`,
    `INSERT INTO ${CASE}.side BY NAME SELECT * FROM night_row`,
    `INSERT INTO ${CASE}.fast BY NAME SELECT ${castsOf('fast')} FROM (SELECT * FROM night_fast UNION ALL BY NAME ${emptySql('fast')})
      WHERE COALESCE(ip_block, prompt_hash, signature_hash) IS NOT NULL`,
    `INSERT INTO ${CASE}.account_hour SELECT * FROM night_hour`,
    `INSERT INTO ${CASE}.recent_id SELECT hash, day FROM night_id`,
    `DELETE FROM ${CASE}.recent_id WHERE day < (SELECT max(day) - 1 FROM ${CASE}.recent_id)`,
    `DELETE FROM ${CASE}.meta WHERE name = 'sampler'`,
    `INSERT INTO ${CASE}.meta VALUES ('sampler', ${literal(tonight.sampler)})`,
    `DELETE FROM ${CASE}.field`,
    ...fieldRows(past, tonight),
  ]
}

/** How the measures of rows with the same keys become one. */
const MERGED: Readonly<Record<string, string>> = {
  ...{ hour_mask: 'bit_or', first_ms: 'min', last_ms: 'max', zoneless: 'bool_or' },
  ...Object.fromEntries(
    CASE_TABLES.base
      .filter(({ name, type }) => type === 'BIGINT' && !['day', 'first_ms', 'last_ms'].includes(name))
      .map(({ name }) => [name, 'sum']),
  ),
}

/** Without what the step carried along as one more key: with an address per request its rows would be single requests. */
const keepBaseSql = `INSERT INTO ${CASE}.base BY NAME
  SELECT ${CASE_TABLES.base.map(({ name, type }) => `${MERGED[name] === undefined ? identifier(name) : `${MERGED[name]}(${identifier(name)})`}::${type} AS ${identifier(name)}`).join(', ')}
  FROM (SELECT * FROM night_base WHERE reject IS NULL UNION ALL BY NAME ${emptySql('base')})
  GROUP BY ${CASE_TABLES.base
    .filter(({ name }) => MERGED[name] === undefined)
    .map(({ name }) => identifier(name))
    .join(', ')}`

const castsOf = (table: 'fast'): string =>
  CASE_TABLES[table].map(({ name, type }) => `${identifier(name)}::${type} AS ${identifier(name)}`).join(', ')

function fieldRows(past: Past, tonight: Tonight): string[] {
  const rows: string[] = []
  for (const [place, key] of [
    ['log', 'logFields'],
    ['side', 'sideFields'],
  ] as const) {
    for (const name of [...new Set([...past[key], ...tonight[key]])].sort())
      rows.push(`(${literal(place)}, ${literal(name)}, NULL)`)
  }
  for (const [name, m] of tonight.keptOneIn) rows.push(`('sample', ${literal(name)}, ${m})`)
  return rows.length === 0 ? [] : [`INSERT INTO ${CASE}.field VALUES ${rows.join(', ')}`]
}
