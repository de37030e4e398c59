import { REJECT_REASONS } from '../../formats/reject-reasons.ts'
import { countOf } from '../duckdb/canonical.ts'
import { HOURS_OF_DAY, hourColumn } from '../duckdb/hours.ts'
import { mappedTexts } from '../duckdb/indicator-sql.ts'
import { identifier, literal } from '../duckdb/sql.ts'
import { INDICATORS, type Indicator } from '../indicators.ts'
import { DAY_MS, HOUR_MS } from '../steps.ts'
import { MEASURES, oddKeys, rawName } from './base-step.ts'
import { type Fetched, oddZoneless, placedRows, rejectOf, rowsOf } from './load.ts'
import { hasWindow, type Window } from './table.ts'

/** Where the rows of `base` were written, and those of records without an account. */
export interface FetchedBase {
  readonly rows: string
  readonly nobody: string
}

/** Makes `base` of what the server gave, as `baseSql` of `duckdb/pass-one.ts` makes it of files. */
export function loadBaseSql(
  { rows, nobody }: FetchedBase,
  slow: readonly string[],
  fields: ReadonlySet<string>,
  window: Window,
): string {
  const texts = mappedTexts(fields)
  const placed = placedRows({ path: rows, types: typesOf(slow, fields) }, 'ds_first_ms', window)
  const keys = slow.map((field) => `${identifier(rawName(field))} AS ${identifier(field)}`)
  const names = slow.map(identifier)
  const token = (field: string): string =>
    fields.has(field)
      ? `sum(CASE WHEN ds_key_${field} IS NULL THEN ds_sum_${field} ELSE COALESCE(${countOf(`ds_key_${field}`)}, 0) * ds_requests END)`
      : '0'
  const sums = [
    'sum(ds_requests)::BIGINT AS requests',
    `${token('input_tokens')} AS input_tokens`,
    `${token('output_tokens')} AS output_tokens`,
    ...statusSums(fields),
    `bit_or((${hourMask})::BIGINT)::INTEGER AS hour_mask`,
    ...HOURS_OF_DAY.map((hour) => `${hourSum(hour)} AS ${hourColumn(hour)}`),
    'min(ms) AS first_ms',
    'max(CASE WHEN ds_first_ms >= 0 THEN ds_last_ms ELSE ms END) AS last_ms',
    `bool_or(CASE WHEN ds_first_ms >= 0 THEN ds_any_zoneless = 1 ELSE ${oddZoneless} END) AS zoneless`,
    ...(texts.length > 0 ? INDICATORS.map((each, n) => `${indicatorSum(each, n, fields)} AS indicator_${n}`) : []),
  ]
  const empty = names.map((name) => `NULL::VARCHAR AS ${name}`)
  return `CREATE TEMP TABLE base AS SELECT 0 AS source, ${rejectOf} AS reject, ds_account AS account_raw,
      CASE WHEN ds_first_ms >= 0 THEN ds_day ELSE ms // ${DAY_MS} END AS day${keys.map((key) => `, ${key}`).join('')},
      ${sums.join(',\n      ')}
    FROM ${placed} GROUP BY source, reject, account_raw, day${names.map((name) => `, ${name}`).join('')}
    UNION ALL BY NAME SELECT 0 AS source, CASE WHEN ds_is_empty = 1 THEN ${literal(REJECT_REASONS.unparsable)}
      ELSE ${literal(REJECT_REASONS.noAccount)} END AS reject, NULL::VARCHAR AS account_raw${empty.map((each) => `, ${each}`).join('')},
      ds_requests AS requests
    FROM ${nobodyRows(nobody, window)}`
}

/** Of a stamp that was read here, the hour of the day. */
const ODD_HOUR = `((ms // ${HOUR_MS}) % 24)::INTEGER`

/** Of others, the lists of `sumMap`: hours of the day, and their requests. */
const hourSum = (hour: number): string =>
  `sum(CASE WHEN ds_first_ms >= 0 THEN COALESCE(ds_hours[2][list_position(ds_hours[1], ${hour})], 0)
        WHEN ${ODD_HOUR} = ${hour} THEN ds_requests ELSE 0 END)::UINTEGER`

const hourMask = `CASE WHEN ds_first_ms >= 0 THEN list_sum(list_transform(ds_hours[1], lambda hour: 1::BIGINT << hour)) ELSE 1 << ${ODD_HOUR} END`

function nobodyRows(path: string, window: Window): string {
  const odd = hasWindow(window) ? ({ ds_odd: 'VARCHAR' } as const) : {}
  const types = { ds_is_empty: 'BIGINT', ds_first_ms: 'BIGINT', ds_requests: 'BIGINT', ...odd } as const
  return hasWindow(window) ? placedRows({ path, types }, 'ds_first_ms', window) : rowsOf({ path, types })
}

function typesOf(slow: readonly string[], fields: ReadonlySet<string>): Fetched['types'] {
  const texts = ['ds_account', 'ds_odd', ...slow.map(rawName), ...oddKeys(fields)]
  const numbers = [
    ...['ds_day', 'ds_requests', 'ds_first_ms', 'ds_last_ms', 'ds_any_zoneless'],
    ...MEASURES.filter((each) => each !== 'status' && fields.has(each)).map((each) => `ds_sum_${each}`),
    ...(fields.has('status') ? ['ds_denied', 'ds_throttled', 'ds_failed'] : []),
    ...(mappedTexts(fields).length > 0 ? INDICATORS.map((_, n) => `ds_indicator_${n}`) : []),
  ]
  return Object.fromEntries([
    ...texts.map((name) => [name, 'VARCHAR'] as const),
    ...numbers.map((name) => [name, 'BIGINT'] as const),
    ['ds_hours', 'BIGINT[][]'] as const,
  ])
}

function statusSums(fields: ReadonlySet<string>): readonly string[] {
  const odd = countOf('ds_status_odd')
  return [
    ['denied', `${odd} IN (401, 403)`],
    ['throttled', `${odd} = 429`],
    ['failed', `${odd} BETWEEN 500 AND 599`],
  ].map(([name, isSo]) =>
    fields.has('status')
      ? `sum(CASE WHEN ds_status_odd IS NULL THEN ds_${name} WHEN ${isSo} THEN ds_requests ELSE 0 END)::BIGINT AS ${name}`
      : `0 AS ${name}`,
  )
}

/** The server has counted wordings alone where it could not tell the tokens. */
function indicatorSum({ mostOutputTokens, outputShare }: Indicator, n: number, fields: ReadonlySet<string>): string {
  const [output, input] = ['output_tokens', 'input_tokens'].map((each) =>
    fields.has(each) ? countOf(`ds_key_${each}`) : 'NULL',
  )
  const keys = ['input_tokens', 'output_tokens'].filter((each) => fields.has(each)).map((each) => `ds_key_${each}`)
  const tests = [
    ...(mostOutputTokens === undefined ? [] : [`COALESCE(${output} <= ${mostOutputTokens}, TRUE)`]),
    ...(outputShare ? [`COALESCE(${output} / NULLIF(${input}, 0) BETWEEN ${outputShare.join(' AND ')}, TRUE)`] : []),
  ]
  if (tests.length === 0 || keys.length === 0) return `sum(ds_indicator_${n})::BIGINT`
  const isHeld = `COALESCE(${keys.join(', ')}) IS NULL OR (${tests.join(' AND ')})`
  return `sum(CASE WHEN ${isHeld} THEN ds_indicator_${n} ELSE 0 END)::BIGINT`
}
