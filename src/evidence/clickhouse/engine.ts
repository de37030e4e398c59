import { join } from 'node:path'
import { ScanError } from '../../errors.ts'
import { createDuckDbEngine } from '../duckdb/engine.ts'
import { TEXT_OF } from '../duckdb/fields.ts'
import type { EngineOptions, EvidenceEngine, MappedSource } from '../engine.ts'
import { requireOwnNames } from './own-names.ts'
import type { Remote } from './remote.ts'
import type { Server } from './server.ts'
import { sideStepSql } from './side-step.ts'
import { createRemoteSteps } from './steps.ts'
import { NO_WINDOW, type Table, type Window } from './table.ts'
import type { OpenedTable } from './tables.ts'

export interface ClickHouseEngineOptions extends EngineOptions {
  readonly remote: Remote
  readonly tables: readonly OpenedTable[]
  readonly window?: Window
}

/**
 * Reads logs in ClickHouse. The steps that read the log run there, on the shards of a Distributed table; what they leave is
 * brought, and all later steps are those of the engine for files, so that the same records give the same evidence.
 */
export function createClickHouseEngine(options: ClickHouseEngineOptions): EvidenceEngine {
  const { remote, tables, config, window = NO_WINDOW } = options
  let paths = 0
  const nextPath = (): string => join(options.tempDirectory, `clickhouse-${++paths}.ndjson`)
  const opened = ({ source }: MappedSource): OpenedTable | undefined =>
    tables.find((each) => each.source.name === source.name && each.source.role === source.role)
  const tableOf = (mapped: MappedSource): Omit<Table, 'letters'> => {
    const { from, columns } = opened(mapped)!
    requireOwnNames(mapped.source.name, mapped.mapping)
    const isUtc = config.timeZone === 'UTC'
    return { from, columns, mapping: mapped.mapping, server: remote.server, window, isUtc }
  }
  const steps = createRemoteSteps({ remote, tableOf, nextPath })
  const local = createDuckDbEngine(options, steps)
  const brought = async (mapped: MappedSource): Promise<MappedSource> => {
    if (mapped.source.container !== 'table' || mapped.source.role !== 'accounts') return mapped
    const table = { ...tableOf(mapped), window: NO_WINDOW, letters: { capital: '', small: '' } }
    const path = nextPath()
    await remote.fetch('reading accounts', [sideStepSql(table)], path)
    return { source: { ...mapped.source, path }, mapping: mapped.mapping }
  }
  return {
    ...local,
    name: 'clickhouse',
    async collect(sources) {
      if (sources.some(({ source }) => source.role === 'edge')) throw noEdges()
      const read: MappedSource[] = []
      for (const each of sources) read.push(await brought(each))
      const evidence = await local.collect(read)
      return { ...evidence, notes: [...evidence.notes, ...letterNotes(sources, remote.server)] }
    },
    interrupt() {
      remote.interrupt()
      local.interrupt()
    },
    async close() {
      await Promise.allSettled([remote.close(), local.close()])
    },
  }
}

/** Whether hashes were made of texts whose letters an old server makes small by a table of its own. */
function letterNotes(sources: readonly MappedSource[], server: Server): readonly string[] {
  const isMade = Object.values(TEXT_OF).some((text) =>
    sources.some(({ source, mapping }) => source.role === 'log' && mapping.fields[text] !== undefined),
  )
  if (!isMade || server.has('texts')) return []
  return [
    `ClickHouse ${server.version} makes letters beyond ASCII small in its own way: hashes of prompts with such letters are compared among themselves, and differ from those of a file or a server from 22.11 on`,
  ]
}

const noEdges = (): ScanError =>
  new ScanError(
    'USAGE',
    'what an edge saw cannot be joined with a table',
    'Export the requests and scan the files together, or leave the edge logs out.',
  )
