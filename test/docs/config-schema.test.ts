import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { contentIssues } from '../../src/cli/config/check.ts'
import { PRESETS } from '../../src/formats/presets.ts'
import { configSchema } from './config-schema.ts'
import { codeBlocks, readPage } from './pages.ts'

/** `npx vitest run test/docs -u` writes `schema/config.schema.json`. */

/** As `npm run format` leaves it. */
const formatted = (json: string): string =>
  execFileSync('node_modules/.bin/biome', ['format', '--stdin-file-path=schema.json'], {
    input: JSON.stringify(JSON.parse(json), null, 2),
    encoding: 'utf8',
  })

const check = new Ajv2020({ strict: true, allErrors: true }).compile(configSchema())

test('the published schema is the one that the tables make', async () => {
  await expect(formatted(JSON.stringify(configSchema()))).toMatchFileSnapshot('../../schema/config.schema.json')
  expect(JSON.parse(readFileSync('package.json', 'utf8')).exports).toHaveProperty(['./schema/config.schema.json'])
})

test('all presets that come with the tool fit it', () => {
  expect(check({ presets: PRESETS })).toBe(true)
})

test('the example of the README fits it, and the command takes it', async () => {
  const [example] = codeBlocks(readPage('README.md'), 'json')
  expect(check(JSON.parse(example!))).toBe(true)
  expect(await contentIssues(JSON.parse(example!))).toEqual([])
})

const preset = {
  id: 'mine',
  title: 'Mine',
  kind: 'request',
  detect: { all: ['a'] },
  time: ['t'],
  fields: { ip: ['i'] },
}

test.each<[string, object, boolean]>([
  ['nothing', {}, true],
  ['a schema', { $schema: './x.json' }, true],
  ['a preset of its own', { presets: [preset] }, true],
  ['flags', { accounts: ['a.csv'], map: { ip: 'addr' }, columns: ['a'], top: 3, details: 0, allowEmpty: true }, true],
  ['a key that there is not', { setings: {} }, false],
  ['a setting that there is not', { settings: { memory: 900 } }, false],
  ['a number out of range', { settings: { memoryMiB: 1 } }, false],
  ['a share above one', { settings: { maxRejectRate: 1.5 } }, false],
  ['half a thread', { settings: { threads: 1.5 } }, false],
  ['a word for a number', { settings: { nullDraws: 'many' } }, false],
  ['a word for a switch', { settings: { dedupe: 'yes' } }, false],
  ['a number for a text', { settings: { seed: 3 } }, false],
  ['a severity that there is not', { failOn: 'hihg' }, false],
  ['no network at all', { top: 0 }, false],
  ['one path without a list', { accounts: 'a.csv' }, false],
  ['an empty list', { columns: [] }, false],
  ['a field that there is not', { map: { acount_id: 'x' } }, false],
  ['a column without a name', { map: { account_id: '' } }, false],
  ['a preset with a property too many', { presets: [{ ...preset, x: 1 }] }, false],
  ['a preset without a title', { presets: [{ ...preset, title: undefined }] }, false],
  ['a preset of no kind', { presets: [{ ...preset, kind: 'x' }] }, false],
  ['a preset with a loud id', { presets: [{ ...preset, id: 'MINE' }] }, false],
])('editors and the command agree on %s', async (_, content, isRight) => {
  const asRead = JSON.parse(JSON.stringify(content))
  expect({ schema: check(asRead), command: (await contentIssues(asRead)).length === 0 }).toEqual({
    ...{ schema: isRight, command: isRight },
  })
})
