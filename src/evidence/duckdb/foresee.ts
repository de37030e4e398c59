import type { Source } from '../../sources/source.ts'
import type { MappedSource } from '../engine.ts'
import { DAY_MS } from '../steps.ts'
import { roughBlock } from './canonical.ts'
import type { Carried, FastField } from './carried.ts'
import { powerOfTwoAbove, RECORDS_PER_SAMPLED_ID, RECORDS_PER_SAMPLED_VALUE } from './fast-steps.ts'
import { fastFields, presentFields, slowFields } from './fields.ts'
import { recordsSql } from './pass-one.ts'
import type { Session } from './session.ts'
import { identifier, literal } from './sql.ts'

/** Records from the beginning that tell whether accounts stay in their address blocks; with fewer in all it does not matter. */
const LOOKED_AT = 50_000
/** What a value takes that is carried: its text, its instant, and what a text of a row leaves free as it grows. */
const BYTES_PER_VALUE = 96
/** Share of the memory bound that values may take: they cannot be spilled, and the groups need the rest. */
const MOST_OF_MEMORY = 1 / 2
/** Groups of the base step may become so many times as many by their blocks; from there on a reading of its own costs less. */
const MOST_GROWTH = 1.5

/**
 * What the base step should carry along, from the beginnings of the logs. Nothing but time depends on it: what was not
 * carried is read apart.
 *
 * @throws the engine's error, where a log cannot be read
 */
export async function foresee(session: Session, logs: readonly MappedSource[]): Promise<Carried> {
  const fields = presentFields(logs)
  const fast = fastFields(fields)
  const records = await recordsAbout(session, logs)
  const isSmall = records > 0 && records <= LOOKED_AT
  const hasBlocks = fast.includes('ip') && (isSmall || (await staysInBlocks(session, logs, slowFields(fields))))
  const names = [...fast.filter((field) => field !== 'ip'), ...(fields.has('request_id') ? ['request_id'] : [])]
  const values = records === 0 ? [] : names.map((field) => listed(field, records))
  const bytes = values.reduce((sum, { keepOneIn }) => sum + (records / keepOneIn) * BYTES_PER_VALUE, 0)
  return { hasBlocks, values: bytes > session.memoryMiB * 2 ** 20 * MOST_OF_MEMORY ? [] : values }
}

/** The estimate may be too high by this much, and the sample is still whole. */
const SURELY = 0.75

function listed(field: string, records: number): FastField {
  const perValue = field === 'request_id' ? RECORDS_PER_SAMPLED_ID : RECORDS_PER_SAMPLED_VALUE
  return { field, keepOneIn: powerOfTwoAbove((SURELY * records) / perValue) }
}

async function staysInBlocks(
  session: Session,
  logs: readonly MappedSource[],
  slow: readonly string[],
): Promise<boolean> {
  const keys = ['account_id', `ms // ${DAY_MS}`, ...slow.map(identifier)].join(', ')
  const growth = await session.scalar(
    'looking ahead',
    `SELECT count(DISTINCT (${keys}, ${roughBlock('ip')}))::DOUBLE / greatest(1, count(DISTINCT (${keys})))
      FROM (SELECT * FROM (${recordsSql(logs, [...slow, 'ip'])}) LIMIT ${LOOKED_AT}) WHERE reject IS NULL`,
  )
  return growth <= MOST_GROWTH
}

/** How many records the logs have, roughly; 0 where nothing tells. */
async function recordsAbout(session: Session, logs: readonly MappedSource[]): Promise<number> {
  let records = 0
  for (const { source } of logs) {
    const { container, path, sample, bytes, expansion } = source
    if (container === 'parquet') {
      records += await session.scalar('count', `SELECT count(*)::DOUBLE FROM read_parquet([${literal(path)}])`)
    } else if (sample.length === 0) return 0
    else
      records += (bytes * expansion * sample.length) / sample.reduce((sum, each) => sum + lengthOf(each, container), 0)
  }
  return records
}

/** Characters of a record, its end of line included. Names are in every JSON record, but only once in a delimited file. */
function lengthOf(record: Readonly<Record<string, unknown>>, container: Source['container']): number {
  if (container !== 'csv') return JSON.stringify(record).length + 1
  return Object.values(record).reduce((sum: number, value) => sum + String(value).length + 1, 0)
}
