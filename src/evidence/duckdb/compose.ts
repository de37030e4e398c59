import { CANONICAL_FIELDS } from '../../formats/fields.ts'
import type { MappedSource } from '../engine.ts'
import { countOf, instantMs, present } from './canonical.ts'
import { idHash } from './case-night.ts'
import { CASE } from './case-tables.ts'
import { readCounts, readDuplicates, readEdgeJoins } from './compose-counts.ts'
import { filesIn, from, IS_PART, type Paths } from './compose-files.ts'
import { presentFields } from './fields.ts'
import { unionSql } from './relation.ts'
import type { Session } from './session.ts'
import { identifier, literal } from './sql.ts'

/**
 * Requests out of rows: rows that are parts of one request are merged, repeated deliveries left out, and what an edge saw
 * is joined. Written once, as Parquet in the private folder; every later step reads that instead of the logs. Sorting,
 * grouping and joining spill there, too, so that memory stays within its bound.
 */

export interface ComposeInput {
  readonly logs: readonly MappedSource[]
  readonly edges: readonly MappedSource[]
  readonly dedupe: boolean
  /** Whether requests whose ids are kept in the case are left out. */
  readonly excludesKept: boolean
  /** The private folder. */
  readonly directory: string
}

/** What is read in the place of the logs. */
export interface Composed {
  readonly logs: readonly MappedSource[]
  /** Records that were read, and rejects by reason, of each log and edge, in that order. */
  readonly counts: readonly { readonly records: number; readonly rejected: ReadonlyMap<string, number> }[]
  /** Of each edge. */
  readonly edgeJoins: readonly { matched: number; unmatched: number; repeated: number; kept: number }[]
  /** Records with a request id, distinct request ids among them, and records that were left out; `null` without ids. */
  readonly duplicates: { readonly requests: number; readonly distinct: number; readonly removed: number } | null
}

export const needsComposing = (input: Omit<ComposeInput, 'directory'>): boolean =>
  input.edges.length > 0 || picksRows(input) || isWorthwhile(input)

/** Whether rows are merged or left out. */
const picksRows = ({ logs, dedupe, excludesKept }: Pick<ComposeInput, 'logs' | 'dedupe' | 'excludesKept'>): boolean =>
  dedupe || excludesKept || logs.some(({ mapping }) => mapping.mergesRows === true)

/** Bytes from which on a compressed copy is written once as columns: it is read four times, on one core each time. */
const LARGE_COPY = 8 << 20

const isWorthwhile = ({ logs }: Pick<ComposeInput, 'logs'>): boolean =>
  logs.every(({ mapping }) => mapping.preset === 'translated') &&
  logs.reduce((sum, { source }) => sum + source.bytes, 0) > LARGE_COPY

/** On these the edge is believed, which is nearer to the client; on everything else the log. */
const EDGE_WINS: ReadonlySet<string> = new Set([
  ...['ip', 'asn', 'country', 'user_agent', 'tls_fingerprint', 'device_fingerprint', 'client_headers'],
])

const NUMBERS: ReadonlySet<string> = new Set(['input_tokens', 'output_tokens', 'cached_tokens', 'status'])

/** What the later steps read, and the ids that tie rows together. */
const carried = (sources: readonly MappedSource[]): readonly string[] => {
  const fields = presentFields(sources)
  const wanted = CANONICAL_FIELDS.filter(({ name, role }) => role !== 'ignored' || name === 'session_id')
  return wanted
    .map(({ name }) => name)
    .filter((name) => fields.has(name) && sources.some(({ mapping }) => mapping.fields[name] !== undefined))
}

/** Reads logs and edges once. Everything later reads what this leaves. */
export async function compose(session: Session, input: ComposeInput): Promise<Composed> {
  const { logs, edges } = input
  const all = [...new Set(['account_id', 'timestamp', 'request_id', 'trace_id', ...carried([...logs, ...edges])])]
  const files = filesIn(input.directory)
  const seen = ofEdges(edges, all)
  const hasTraces = logs.some(({ mapping }) => mapping.fields.trace_id !== undefined)
  const paths = picksRows(input) ? files : { ...files, requests: files.rows }
  await session.run('reading', copySql(rowsSql(logs, all), paths.rows))
  if (picksRows(input)) await session.run('merging', copySql(requestsSql(input, all, paths.rows), paths.requests))
  if (edges.length > 0) {
    await session.run('reading edges', copySql(edgeSql(edges, seen), paths.edges))
    await session.run('reading edges', copySql(earliestSql(paths.edges, seen), paths.earliest))
    await session.run('reading edges', `CREATE OR REPLACE TEMP VIEW edge AS SELECT * FROM ${from(paths.earliest)}`)
  }
  const joined = edges.length > 0 ? copySql(joinSql({ all, seen, hasTraces }, paths.requests), paths.joined) : null
  if (joined !== null) {
    await session.run('joining edges', joined)
    await session.run('joining edges', leftSql(paths, all, seen))
  }
  const path = joined === null ? paths.requests : paths.joined
  const composed = [composedSource(path, all)]
  return {
    logs: composed,
    counts: await readCounts(session, input, paths),
    edgeJoins: edges.length > 0 ? await readEdgeJoins(session, edges.length, paths.edges, path) : [],
    duplicates: await readDuplicates(session, paths),
  }
}

const copySql = (query: string, path: string): string =>
  `COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy)`

/** Every row of the logs, with the ids by which rows are tied and whether several may be one request. */
function rowsSql(logs: readonly MappedSource[], all: readonly string[]): string {
  const merging = logs.flatMap(({ mapping }, number) => (mapping.mergesRows === true ? [number] : []))
  return `SELECT *, ${present('request_id')} AS rid, ${present('trace_id')} AS tid, ${instantMs('timestamp')} AS ms,
      ${merging.length > 0 ? `source IN (${merging.join(', ')})` : 'FALSE'} AS is_part
    FROM (${unionSql(logs, all)})`
}

/** Rows that are parts of one request become one; of repeated deliveries the earliest stays. */
function requestsSql({ dedupe, excludesKept }: ComposeInput, all: readonly string[], rows: string): string {
  const columns = all.map(identifier).join(', ')
  const merged = all.map((field) => `${mergedValue(field)} AS ${identifier(field)}`).join(', ')
  const whole = `SELECT min(source) AS source, ${merged}, rid, max(tid) AS tid, min(ms) AS ms
      FROM ${from(rows)} WHERE ${IS_PART} GROUP BY rid
    UNION ALL SELECT source, ${columns}, rid, tid, ms FROM ${from(rows)} WHERE NOT (${IS_PART})`
  const requests = excludesKept
    ? `SELECT * FROM (${whole}) WHERE rid IS NULL OR account_id IS NULL OR ${idHash('account_id', 'rid')} NOT IN (SELECT hash FROM ${CASE}.recent_id)`
    : whole
  if (!dedupe) return requests
  return `SELECT * FROM (${requests}) WHERE rid IS NULL
    UNION ALL SELECT * FROM (${requests}) WHERE rid IS NOT NULL
      QUALIFY row_number() OVER (PARTITION BY rid, account_id ORDER BY ms NULLS LAST, ${columns}, source) = 1`
}

/** Of several parts the earliest stamp, the greatest number, and of texts the greatest that is there. */
function mergedValue(field: string): string {
  const column = identifier(field)
  if (field === 'timestamp') return `arg_min(${column}, {'ms': ms, 'text': ${column}})`
  return NUMBERS.has(field) ? `max(${countOf(column)})::VARCHAR` : `max(${present(column)})`
}

/** Every row of the edges. */
const edgeSql = (edges: readonly MappedSource[], all: readonly string[]): string =>
  `SELECT *, ${present('request_id')} AS rid, ${present('account_id')} AS aid, ${instantMs('timestamp')} AS ms
    FROM (${unionSql(edges, all)})`

/** `edge`: of each request id the earliest row, ties broken by everything that is in it. */
const earliestSql = (edges: string, all: readonly string[]): string =>
  `SELECT * FROM ${from(edges)} WHERE rid IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY rid ORDER BY ms NULLS LAST, ${all.map(identifier).join(', ')}, source) = 1`

interface JoinFields {
  readonly all: readonly string[]
  /** Those that an edge fills. */
  readonly seen: readonly string[]
  /** Whether requests name their trace. */
  readonly hasTraces: boolean
}

/** Fields of the edges alone: the join keeps rows of theirs in memory, and a column without a value is as wide as one with. */
const ofEdges = (edges: readonly MappedSource[], all: readonly string[]): readonly string[] =>
  all.filter(
    (field) =>
      ['account_id', 'timestamp', 'request_id'].includes(field) ||
      edges.some(({ mapping }) => mapping.fields[field] !== undefined),
  )

/**
 * The requests with what the edge saw of them, found by their own id, else by that of their trace. Which of the two it is
 * comes first, so that one equality joins: with a condition beside it, every row was held against every other.
 */
function joinSql({ all, seen, hasTraces }: JoinFields, requests: string): string {
  const columns = all.map((field) => {
    const [log, edge] = [`r.${identifier(field)}`, `e.${identifier(field)}`]
    const isOfLog = field === 'timestamp' || field === 'request_id' || field === 'trace_id' || !seen.includes(field)
    if (isOfLog) return `${log} AS ${identifier(field)}`
    const [first, second] = EDGE_WINS.has(field) ? [edge, log] : [log, edge]
    return `COALESCE(${present(first)}, ${second}) AS ${identifier(field)}`
  })
  return `SELECT r.source, ${columns.join(', ')}, r.rid, r.tid, e.rid AS edge_rid
    FROM ${hasTraces ? keyedSql(requests) : from(requests)} r LEFT JOIN edge e ON e.rid = r.${hasTraces ? 'edge_key' : 'rid'}`
}

/** A join, and not `IN`, whose table would have to fit in memory. */
const keyedSql = (requests: string): string =>
  `(SELECT q.*, COALESCE(k.rid, q.tid) AS edge_key FROM ${from(requests)} q LEFT JOIN (SELECT rid FROM edge) k ON k.rid = q.rid)`

/** `edge_left`: rows of the edges that found no request, and name an account. */
function leftSql({ edges, joined }: Paths, all: readonly string[], seen: readonly string[]): string {
  const columns = all.map((field) => (seen.includes(field) ? '' : 'NULL::VARCHAR AS ') + identifier(field)).join(', ')
  return `CREATE OR REPLACE TEMP TABLE edge_left AS
    SELECT ${columns} FROM edge WHERE aid IS NOT NULL
      AND rid NOT IN (SELECT edge_rid FROM ${from(joined)} WHERE edge_rid IS NOT NULL)
    UNION ALL SELECT ${columns} FROM ${from(edges)} WHERE rid IS NULL AND aid IS NOT NULL`
}

function composedSource(path: string, all: readonly string[]): MappedSource {
  const file = { name: 'requests', path, role: 'log', bytes: 0, sha256: Promise.resolve('') } as const
  const packing = { compression: 'none', layers: [], expansion: 1, encoding: 'utf-8', notInPlace: null } as const
  const form = { container: 'parquet', dialect: null, lineFormat: null, envelope: null, sample: [] } as const
  const fields = Object.fromEntries(all.map((field) => [field, [{ column: field, index: -1, path: [] }]]))
  return {
    source: { ...file, ...packing, ...form },
    mapping: { preset: 'composed', fields, columnsSeen: [], notes: [] },
  }
}
