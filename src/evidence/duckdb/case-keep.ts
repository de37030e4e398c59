import { ScanError } from '../../errors.ts'
import type { MappedSource, Night } from '../engine.ts'
import { keepSql, type Past } from './case-night.ts'
import { CASE, metaSql } from './case-tables.ts'
import type { LogSteps } from './log-steps.ts'
import type { Session } from './session.ts'
import { literal } from './sql.ts'

/** What `collect` knows of the night. */
export interface NightFields {
  readonly past: Past
  readonly tonight: Past
  readonly logs: readonly MappedSource[]
}

/**
 * Adds a night to the case in one transaction: after a crash the case is as it was before, or as it is after.
 *
 * @throws ScanError OUT_OF_DISK
 */
export async function keepNight(
  session: Session,
  steps: LogSteps,
  { past, tonight, logs }: NightFields,
  night: Night,
): Promise<void> {
  await steps.runIds(session, logs)
  await checkUnchanged(session, night.number)
  await session.run('case', 'BEGIN TRANSACTION')
  try {
    for (const sql of [...keepSql(past, tonight), ...inputRows(night), ...networkRows(night)])
      await session.run('keeping', sql)
    await session.run('keeping', 'COMMIT')
  } catch (error) {
    await session.run('keeping', 'ROLLBACK').catch(() => {}) // a failed COMMIT has rolled back by itself
    throw error
  }
  await session.run('keeping', `CHECKPOINT ${CASE}`)
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

function inputRows({ inputs, number }: Night): string[] {
  const window = (what: string): string => `(SELECT ${what} FROM night_base WHERE reject IS NULL)`
  const rows = inputs.map(
    ({ sha256, path, role, bytes, records }) =>
      `(${[sha256, path, role].map(literal).join(', ')}, ${bytes}, ${records}, ${window('min(first_ms)')}, ${window('max(last_ms)')}, ${number})`,
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
