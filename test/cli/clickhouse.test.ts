import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { recordedIo } from '../helpers/io.ts'

/** What is said of a server, without one: the other end is played. */

const HOST = '127.0.0.1'
const open: (Server | NetServer)[] = []
const sockets: Socket[] = []

afterEach(async () => {
  for (const server of open.splice(0)) {
    const ended = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets.splice(0)) socket.destroy()
    await ended
  }
})

async function listening(server: Server | NetServer): Promise<string> {
  open.push(server)
  server.on('connection', (socket: Socket) => void sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve))
  return `http://${HOST}:${(server.address() as AddressInfo).port}`
}

/** Takes the greeting of a current server, and refuses the first query on a table with an error of this number. */
function refusing(number: number, seen: (request: IncomingMessage) => void = () => {}): Promise<string> {
  return listening(
    createHttpServer(async (request, answer) => {
      seen(request)
      let sql = ''
      for await (const chunk of request) sql += chunk
      if (sql.includes('version()')) answer.end('{"version":"24.8.1.1"}\n')
      else if (sql.includes('system.settings')) answer.end('{"value":"0"}\n')
      else {
        answer.statusCode = 500
        answer.end(`Code: ${number}. DB::Exception: secret of a row. (SOME_ERROR) (version 24.8.1.1)\n`)
      }
    }),
  )
}

async function told(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const io = recordedIo({ env })
  expect(await main([...args, '--no-config'], io)).toBe(2)
  expect(io.stdout).toBe('')
  expect(io.stderr.trim().split('\n')).toHaveLength(2)
  return io.stderr
}

const scanOf = (url: string, table = 't'): string[] => ['--clickhouse', url, '--table', table]

test.each([
  ['http://ch.example/%zz', /% that stands for no character/],
  ['http://%zz@ch.example/', /% that stands for no character/],
  ['http://ch.example/a/b', /the path of the URL is a database alone/],
  ['http://ch.example/a?max_threads=1', /settings cannot stand in the URL/],
  ['http://ch.example/a#b', /settings cannot stand in the URL/],
  ['ch.example', /this is no URL/],
])('a URL that cannot be meant: %s', async (url, line) => {
  expect(await told(scanOf(url))).toMatch(line)
})

test.each(['a.b.c', '.a', 'a.', 'a..b', '`a', 'a`b', '``', 'a.`b`c'])('%s is no name of a table', async (name) => {
  expect(await told(scanOf(await refusing(60), name))).toMatch(/no name of a table: /)
})

test.each([
  [158, /more rows or bytes than the server lets this user/],
  [307, /more rows or bytes than the server lets this user/],
  [396, /more rows or bytes than the server lets this user/],
  [201, /the quota of the user is used up/],
  [202, /runs as many queries as it may at once/],
  [452, /a constraint of its profile forbids it/],
  [999, /refused the query with error 999/],
])('error %i has a line of its own, and no word of the server’s', async (number, line) => {
  const text = await told(scanOf(await refusing(number)))
  expect(text).toMatch(line)
  expect(text).not.toContain('secret')
})

test('what is there, but is not ClickHouse’s HTTP interface', async () => {
  const line = /what answers at this URL is not the HTTP interface of ClickHouse.*\n.*8123, or 8443/
  const page = '<html><head><title>401 timeout</title></head></html>'
  for (const status of [200, 404, 401, 502]) {
    const web = createHttpServer((_, answer) => {
      answer.statusCode = status
      answer.end(page)
    })
    expect(await told(scanOf(await listening(web)))).toMatch(line)
  }
  const json = createHttpServer((_, answer) => answer.end('{"hello":"world"}\n'))
  expect(await told(scanOf(await listening(json)))).toMatch(line)
  const mail = createServer((socket) =>
    socket
      .on('error', () => {})
      .resume()
      .end('220 mail.example ESMTP\r\n'),
  )
  expect(await told(scanOf(await listening(mail)))).toMatch(line)
  // What the native port says to who speaks HTTP to it.
  const native = createServer((socket) =>
    socket
      .on('error', () => {})
      .end(
        'HTTP/1.0 400 Bad Request\r\n\r\nPort 40123 is for clickhouse-client program\r\nYou must use port 8123 for HTTP.\r\n',
      ),
  )
  expect(await told(scanOf(await listening(native)))).toMatch(line)
  const deaf = createServer((socket) => socket.on('error', () => {}).destroy())
  expect(await told(scanOf(await listening(deaf)))).toMatch(line)
})

test('the user in the URL wins over the one in the environment, as what is typed does', async () => {
  const users: string[] = []
  const url = await refusing(60, ({ headers }) => {
    const [, packed = ''] = headers.authorization?.split(' ') ?? []
    users.push(Buffer.from(packed, 'base64').toString())
  })
  const env = { CLICKHOUSE_USER: 'other', CLICKHOUSE_PASSWORD: 'p' }
  await told(scanOf(url.replace('://', '://reader%40org@')), env)
  await told(scanOf(url), env)
  expect([...new Set(users)]).toEqual(['reader@org:p', 'other:p'])
})

test('with a case, a window that has not ended is refused: what comes in it later would never be read', async () => {
  const nowMs = Date.UTC(2026, 8, 2)
  const asked = [...scanOf('http://ch.example'), '--case', 'x.duckdb', '--since', '2026-09-01', '--until']
  const io = recordedIo({ clockMs: () => nowMs })
  expect(await main([...asked, '2026-09-02T00:00:01Z', '--no-config'], io)).toBe(2)
  expect(io.stderr).toMatch(/--until is in the future, and --case never reads a window twice/)
})
