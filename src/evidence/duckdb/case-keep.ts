import { ScanError } from '../../errors.ts'
import type { MappedSource, Night } from '../engine.ts'
import { keepSql, type Past, type Tonight } from './case-night.ts'
import { CASE, metaSql } from './case-tables.ts'
import type { LogSteps } from './log-steps.ts'
import { takeRoom } from './memory-bound.ts'
import type { Session } from './session.ts'
import { literal } from './sql.ts'

/** What `collect` knows of the night. */
export interface NightFields {
  readonly past: Past
  readonly tonight: Tonight
  readonly logs: readonly MappedSource[]
}

/**
 * Adds a night to the case in one transaction: after a crash the case is as it was before, or as it is after.
 *
 * @returns what a person should know: the night is kept, but the file could not be tidied
 * @throws ScanError CASE_BUSY, OUT_OF_DISK, INTERRUPTED
 */
export async function keepNight(
  session: Session,
  steps: LogSteps,
  fields: NightFields,
  night: Night,
): Promise<readonly string[]> {
  try {
    await takeRoom(session)
    await steps.runIds(session, fields.logs)
    await addNight(session, fields, night)
  } catch (error) {
    if (!(error instanceof ScanError) || error.code !== 'INTERRUPTED') throw error
    const message = 'interrupted: the report is written, but the night was not kept'
    throw new ScanError('INTERRUPTED', message, 'Run it again to keep it.', { cause: error })
  }
  return await tidy(session)
}

async function addNight(session: Session, { past, tonight }: NightFields, night: Night): Promise<void> {
  await checkUnchanged(session, night.number)
  await session.run('case', 'BEGIN TRANSACTION')
  try {
    for (const sql of [...keepSql(past, tonight), ...inputRows(night), ...networkRows(night)])
      await session.run('keeping', sql)
    session.finish() // who stops it now could not be told whether the night is kept
    await session.run('keeping', 'COMMIT')
  } catch (error) {
    await session.run('keeping', 'ROLLBACK').catch(() => {}) // a failed COMMIT has rolled back by itself; after an interrupt, closing does
    throw error
  }
}

/** Moves what was added from the log beside the case into the case. */
async function tidy(session: Session): Promise<readonly string[]> {
  try {
    await session.run('keeping', `CHECKPOINT ${CASE}`)
    return []
  } catch (error) {
    // The next run does it.
    if (error instanceof ScanError && error.code === 'OUT_OF_DISK')
      return ['the night is kept, but the disk of the case is full: free some space there before the next one']
    throw error
  }
}

/** Between the first look at the case and the lock on it, another run may have added a night. */
async function checkUnchanged(session: Session, number: number): Promise<void> {
  const scans = await session.scalar('case', `SELECT CAST((${metaSql('scans', '0')}) AS DOUBLE)`)
  if (scans === number - 1) return
  throw new ScanError(
    'CASE_BUSY',
    'another run has added to the case since this one began',
    'Run this again: nothing of it was kept.',
  )
}

/** What brought no request of its own goes with the last day of what was held then, as its rows do. */
const LAST_MS = `COALESCE((SELECT last_ms FROM night_window), (SELECT max(last_ms) FROM ${CASE}.input))`

function inputRows({ inputs, number }: Night): string[] {
  const rows = inputs.map(
    ({ sha256, path, role, bytes, records }) =>
      `(${[sha256, path, role].map(literal).join(', ')}, ${bytes}, ${records}, (SELECT first_ms FROM night_window), ${LAST_MS}, ${number})`,
  )
  const scans = [
    `DELETE FROM ${CASE}.meta WHERE name = 'scans'`,
    `INSERT INTO ${CASE}.meta VALUES ('scans', '${number}')`,
  ]
  const columns = 'sha256, path, role, bytes, records, first_ms, last_ms, night'
  return rows.length === 0 ? scans : [...scans, `INSERT INTO ${CASE}.input (${columns}) VALUES ${rows.join(', ')}`]
}

/** The networks of the latest scan take the place of those before; findings of every night stay. */
function networkRows({ networks, orderFindings, number }: Night): string[] {
  const rows = networks.map(({ id, document }) => `(${literal(id)}, ${literal(document)})`)
  const findings = orderFindings.map(
    (each) =>
      `(${number}, ${literal(each.network)}, ${literal(each.signal)}, ${each.p}, ${each.bits}, ${each.hasEffect}, ${each.accounts})`,
  )
  return [
    `DELETE FROM ${CASE}.network`,
    ...(rows.length > 0 ? [`INSERT INTO ${CASE}.network VALUES ${rows.join(', ')}`] : []),
    ...(findings.length > 0 ? [`INSERT INTO ${CASE}.order_finding VALUES ${findings.join(', ')}`] : []),
  ]
}
