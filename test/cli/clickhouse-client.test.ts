import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'

/** A hook that finds the package in no folder, as where it is not installed. */
const HOOK = `export const resolve = (name, context, next) => {
  if (name === '@clickhouse/client') throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' })
  return next(name, context)
}`
const asModule = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`
const REGISTER = asModule(`import { register } from 'node:module'; register(${JSON.stringify(asModule(HOOK))})`)

const run = (...args: string[]): Promise<{ readonly code: unknown; readonly stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['--import', REGISTER, 'bin/distill-scan.js', ...args], (error, _, stderr) => {
      resolve({ code: error?.code ?? 0, stderr })
    })
  })

test('where the client is not installed, it is said how to; scans of files do without', async () => {
  expect(await run('--clickhouse', 'http://ch.example:8123', '--table', 'requests', '--no-config')).toEqual({
    code: 2,
    stderr:
      'distill-scan: --clickhouse needs the package @clickhouse/client, which is not installed\n' +
      '  Install it beside this one: npm install @clickhouse/client\n',
  })
  expect(await run('fixtures/demo/logs.ndjson', '--no-config', '--quiet')).toEqual({ code: 0, stderr: '' })
})
