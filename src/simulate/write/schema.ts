export type Cell = string | number | boolean | null

/** A table of the plan inside the engine. */
export interface Table {
  readonly name: string
  /** Private to a connection, so that connections work side by side. */
  readonly isTemporary?: boolean
  /** Column name and type; one of INTEGER, BIGINT, DOUBLE, VARCHAR, BOOLEAN. */
  readonly columns: readonly (readonly [string, 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'VARCHAR' | 'BOOLEAN'])[]
}

const int = (name: string) => [name, 'INTEGER'] as const
const big = (name: string) => [name, 'BIGINT'] as const
const real = (name: string) => [name, 'DOUBLE'] as const
const text = (name: string) => [name, 'VARCHAR'] as const
const flag = (name: string) => [name, 'BOOLEAN'] as const

export const ACCOUNT: Table = {
  name: 'plan_account',
  columns: [
    int('num'),
    text('account_id'),
    text('organization_id'),
    flag('is_dispatched'),
    real('requests_per_day'),
    real('active_share'),
    real('session_requests'),
    real('gap_ms'),
    real('regularity'),
    real('day_sigma'),
    real('weekend'),
    int('profile'),
    int('period_s'),
    int('phase_s'),
    big('from_ms'),
    big('to_ms'),
    real('in_mu'),
    real('out_mu'),
    real('token_sigma'),
    real('error_rate'),
    flag('sends_session'),
    big('prompt_pool'),
    int('prompt_pool_size'),
    real('prompt_share'),
    big('pivot_ms'),
    real('pivot_share'),
    big('banned_ms'),
    int('end_users'),
    text('places'),
    text('devices'),
    text('templates'),
    text('models'),
    text('capabilities'),
  ],
}
export const PLACE: Table = {
  name: 'place',
  columns: [
    int('id'),
    int('ip_family'),
    big('base'),
    big('span'),
    big('asn'),
    text('country'),
    flag('is_per_account'),
    int('churn'),
  ],
}
export const DEVICE: Table = {
  name: 'device',
  columns: [
    int('id'),
    text('prefix'),
    text('suffix'),
    int('release'),
    int('cadence_days'),
    int('lag_days'),
    flag('is_pinned'),
    text('tls'),
    text('fingerprint'),
  ],
}
export const TEMPLATE: Table = {
  name: 'template',
  columns: [int('id'), big('sys_key'), big('tools_key'), int('period_days'), int('purpose')],
}
export const PROFILE: Table = { name: 'plan_profile', columns: [int('id'), text('slots')] }
export const PAYMENT: Table = {
  name: 'payment',
  columns: [
    int('num'),
    big('from_ms'),
    big('to_ms'),
    text('card_fingerprint'),
    text('card_bin'),
    text('card_last4'),
    text('card_expiry'),
    text('billing_name_hash'),
    text('billing_address_hash'),
  ],
}
export const QUEUED: Table = {
  name: 'queued',
  isTemporary: true,
  columns: [
    int('num'),
    big('start_ms'),
    int('requests'),
    real('gap_ms'),
    big('key'),
    big('prompt_key'),
    big('signature_key'),
    int('template'),
    int('capability'),
    real('in_mu'),
    real('out_mu'),
    int('forced_status'),
    big('prompt_pool'),
    int('prompt_pool_size'),
    real('prompt_share'),
  ],
}
