import { Agent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import type { ClickHouseOptions, TlsOptions } from './options.ts'

/** Keeps the connections of a client: the client's own cannot be told that its server is alive. */
export function agentOf(address: string, tls: TlsOptions | undefined): Agent {
  // An old server closes an idle socket without a word: each query has its own.
  return address.startsWith('https:') ? new SecureAgent({ keepAlive: false, ...tls }) : new Agent({ keepAlive: false })
}

/** Headers by which the server knows who shows a certificate; without one the client sends user and password itself. */
export function certificateHeaders(
  tls: TlsOptions | undefined,
  username: string,
  password: NonNullable<ClickHouseOptions['password']>,
): Readonly<Record<string, string>> | null {
  if (tls?.cert === undefined || tls.key === undefined) return null
  return { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password, 'X-ClickHouse-SSL-Certificate-Auth': 'on' }
}

/** Begins the wait anew, on all open connections: what a server does for minutes may send nothing before its end. */
export function waitAnew({ sockets }: Agent, timeoutMs: number): void {
  for (const socket of Object.values(sockets).flat()) socket?.setTimeout(timeoutMs)
}
