import type { MappedSource } from '../engine.ts'
import { REQUEST_IDS } from './fields.ts'
import type { Session } from './session.ts'

/** What was assumed or sampled, for the report. */

export async function zoneNotes(session: Session, zone: string): Promise<readonly string[]> {
  const zoneless = await session.scalar(
    'zones',
    'SELECT COALESCE(bool_or(zoneless), FALSE)::INTEGER FROM base WHERE reject IS NULL',
  )
  return zoneless > 0 ? [`timestamps without a zone were read as ${zone}`] : []
}

/** The generic form of what `FieldMapping.notes` says file by file. */
export const standInNotes = (logs: readonly MappedSource[]): readonly string[] =>
  logs.some(({ mapping }) => mapping.notes.length > 0)
    ? ['where account_id is absent, account_fingerprint stands in for it']
    : []

export const samplingNotes = (
  sampled: ReadonlyMap<string, number>,
  keepOneIn: number,
  lost: ReadonlySet<string> = new Set(),
): readonly string[] => [
  ...[...lost].map(
    (name) => `${name} of earlier nights was sampled by another version of the engine and is left out from now on`,
  ),
  ...[...sampled]
    .filter(([field]) => field !== REQUEST_IDS)
    .map(([field, m]) => `one ${field} in ${m} was kept, by hash; a kept value keeps all of its holders`),
  ...(keepOneIn > 1
    ? [`of accounts with more than 64 address blocks one block in ${keepOneIn} was kept, by hash`]
    : []),
]
