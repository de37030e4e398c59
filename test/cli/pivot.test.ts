import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ScanFlags } from '../../src/cli/options.ts'
import { openPivot } from '../../src/cli/pivot.ts'
import { recordedIo } from '../helpers/io.ts'
import { aFullResult, aNetwork, aResult } from '../helpers/results.ts'

let parent = ''
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'pivot-'))
})
afterEach(() => {
  rmSync(parent, { recursive: true })
})
const inParent = (name: string): string => join(parent, name)

async function written(over: Partial<ScanFlags> = {}, result = aFullResult()) {
  const io = recordedIo()
  const lists = await openPivot({ details: 5, pivot: inParent('lists'), ...over }, io, [])
  await lists!.write(result, new AbortController().signal)
  return io
}

test('without the flag nothing is done', async () => {
  expect(await openPivot({ details: 5 }, recordedIo(), [])).toBeNull()
})

describe('the folder', () => {
  test('is made when there is something to write, and the lists left out are named', async () => {
    const io = recordedIo()
    await openPivot({ details: 5, pivot: inParent('lists') }, io, [])
    expect(existsSync(inParent('lists'))).toBe(false)
    const { stderr } = await written()
    expect(readdirSync(inParent('lists')).toSorted()).toEqual([
      ...['accounts.txt', 'devices.txt', 'index.csv', 'templates.txt'],
    ])
    expect(stderr.replaceAll(parent, '.')).toBe(
      'pivot: no cards.txt, address-blocks.txt in ./lists: shortened values find nothing; --reveal writes them whole\n',
    )
  })

  test('keeps the files of others; a list of an earlier run that is now left out goes', async () => {
    mkdirSync(inParent('lists'))
    writeFileSync(inParent('lists/notes.txt'), 'mine')
    await written({ reveal: true })
    expect(readFileSync(inParent('lists/cards.txt'), 'utf8')).toBe('fp_9Qx77TLm02Ke\n')
    await written({ quiet: true })
    expect(readdirSync(inParent('lists')).toSorted()).toEqual([
      ...['accounts.txt', 'devices.txt', 'index.csv', 'notes.txt', 'templates.txt'],
    ])
    expect(readFileSync(inParent('lists/notes.txt'), 'utf8')).toBe('mine')
  })

  test('covers the networks of the table: medium and above, or as asked', async () => {
    const networks = [aNetwork({ accounts: ['a'] }), aNetwork({ rank: 2, severity: 'low', accounts: ['b'] })]
    await written({}, aResult({ networks }))
    expect(readFileSync(inParent('lists/accounts.txt'), 'utf8')).toBe('a\n')
    await written({ minSeverity: 'low' }, aResult({ networks }))
    expect(readFileSync(inParent('lists/accounts.txt'), 'utf8')).toBe('a\nb\n')
    await written({ minSeverity: 'low', top: 1 }, aResult({ networks }))
    expect(readFileSync(inParent('lists/accounts.txt'), 'utf8')).toBe('a\n')
  })

  test('--quiet says nothing; values that no line can hold are counted', async () => {
    const result = aResult({ networks: [aNetwork({ accounts: ['a', 'b\nc'] })] })
    expect((await written({ quiet: true }, result)).stderr).toBe('')
    expect((await written({ reveal: true }, result)).stderr).toBe(
      'pivot: 1 value in no list, since a line cannot hold it; see index.csv\n',
    )
  })

  test('an interrupted run leaves earlier lists as they were', async () => {
    await written()
    const lists = await openPivot({ details: 5, pivot: inParent('lists') }, recordedIo(), [])
    await expect(lists!.write(aResult(), AbortSignal.abort())).rejects.toThrow()
    expect(readFileSync(inParent('lists/accounts.txt'), 'utf8')).toContain('acct_0001\n')
  })
})

describe('is refused before any work', () => {
  const refused = async (over: Partial<ScanFlags>, inputs: string[] = []) => {
    const error = await openPivot({ details: 5, pivot: inParent('lists'), ...over }, recordedIo(), inputs).then(
      () => null,
      (e) => e,
    )
    return { code: error?.code, message: error?.message.replaceAll(parent, '.') }
  }

  test('a folder whose parent is not there', async () => {
    expect(await refused({ pivot: inParent('none/lists') })).toEqual({
      code: 'OUTPUT_UNWRITABLE',
      message: "--pivot './none/lists': the folder './none' does not exist",
    })
  })

  test('a file', async () => {
    writeFileSync(inParent('lists'), '')
    expect(await refused({})).toEqual({
      code: 'OUTPUT_UNWRITABLE',
      message: "--pivot './lists': './lists' is a file",
    })
  })

  test('a list that is an input', async () => {
    mkdirSync(inParent('lists'))
    writeFileSync(inParent('lists/accounts.txt'), 'a')
    expect(await refused({}, [inParent('lists/accounts.txt')])).toMatchObject({ code: 'OUTPUT_UNWRITABLE' })
  })

  test.each<Partial<ScanFlags>>([{ output: 'index.csv' }, { also: ['index.csv'] }, { rejects: 'accounts.txt' }])(
    'a report or rejects in a file of its own: %j',
    async ({ output, also, rejects }) => {
      const at = (name: string | undefined) => (name === undefined ? undefined : inParent(`lists/${name}`))
      const flags = { output: at(output), also: also?.map((name) => at(name)!), rejects: at(rejects) }
      const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
      expect(await refused(given)).toMatchObject({ code: 'USAGE' })
    },
  )
})
