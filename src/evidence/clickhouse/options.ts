import type { Window } from './table.ts'

/** Where the tables are, and what a query may take there. */
export interface ClickHouseOptions {
  /** `http://host:8123/db` or https; it may name the user, but no password. */
  readonly url: string
  /** Wins over the URL's. */
  readonly username?: string
  readonly password?: string
  readonly tls?: TlsOptions
  /** Table of the requests: `requests` or `db.requests`. */
  readonly table: string
  /** Table with registration and payment columns. */
  readonly accountsTable?: string
  readonly window?: Window
  /** Seconds that one query may run on the server; 0 or left out for the server's own limit. */
  readonly maxSeconds?: number
  /** MiB that one query may take on each server; 0 or left out for the server's own limit. */
  readonly maxMemoryMiB?: number
  /** Seconds of silence after which the server is taken for gone: it sends nothing, and does not say that it runs the query. */
  readonly readTimeoutSeconds?: number
  /** Rows of evidence that are brought at most by one step. */
  readonly maxRows?: number
  /** Begins the names of the queries on the server, so that they can be found and stopped; unique for each run. */
  readonly runId?: string
  /** Takes the place of the connection, as the client's own option `connection` does: ClickHouse in this process. */
  readonly connection?: object
}

export interface TlsOptions {
  /** PEM; certificates of the authorities that are believed. */
  readonly ca: Buffer
  /** PEM; with `key`, by which the server knows this client. */
  readonly cert?: Buffer
  readonly key?: Buffer
}

/** Rows that one step may bring: about 4 GiB written down, and as many accounts times days. */
export const MAX_ROWS = 20_000_000
export const READ_TIMEOUT_SECONDS = 120
