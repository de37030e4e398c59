import { execFileSync } from 'node:child_process'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openOutput } from '../../src/cli/write-output.ts'
import { recordedIo } from '../helpers/io.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const inFolder = (name: string): string => join(folder, name)
const written = async (path: string | undefined, text: string, inputs: string[] = []) => {
  const io = recordedIo()
  const output = await openOutput(path, io, inputs)
  await output.write(text)
  return io
}

describe('standard output', () => {
  test.each([undefined, '-', '/dev/stdout'])('%s', async (path) => {
    expect((await written(path, 'report\n')).stdout).toBe('report\n')
  })
})

describe('a file', () => {
  test('is written whole, and nothing else is left in the folder', async () => {
    const io = await written(inFolder('report.json'), 'x'.repeat(3e6))
    expect(statSync(inFolder('report.json')).size).toBe(3e6)
    expect(readdirSync(folder)).toEqual(['report.json'])
    expect(io.stdout).toBe('')
  })

  test('replaces an earlier one and keeps its mode', async () => {
    writeFileSync(inFolder('report'), 'earlier', { mode: 0o640 })
    await written(inFolder('report'), 'later')
    expect(readFileSync(inFolder('report'), 'utf8')).toBe('later')
    expect(statSync(inFolder('report')).mode & 0o777).toBe(0o640)
  })

  test('behind a link is replaced, the link stays', async () => {
    mkdirSync(inFolder('reports'))
    writeFileSync(inFolder('reports/june'), 'earlier')
    symlinkSync('reports/june', inFolder('latest'))
    await written(inFolder('latest'), 'later')
    expect(readFileSync(inFolder('reports/june'), 'utf8')).toBe('later')
    expect(readdirSync(inFolder('reports'))).toEqual(['june'])
  })

  test('stays as it was when the writing is interrupted, and no temporary file is left', async () => {
    writeFileSync(inFolder('report'), 'earlier')
    const output = await openOutput(inFolder('report'), recordedIo())
    await expect(output.write('later', AbortSignal.abort())).rejects.toThrow()
    expect(readFileSync(inFolder('report'), 'utf8')).toBe('earlier')
    expect(readdirSync(folder)).toEqual(['report'])
  })

  test('leaves no temporary file when the folder goes away', async () => {
    mkdirSync(inFolder('gone'))
    const output = await openOutput(inFolder('gone/report'), recordedIo())
    rmSync(inFolder('gone'), { recursive: true })
    await expect(output.write('x')).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', exitCode: 2 })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a device or pipe', () => {
  test('is written directly', async () => {
    await written('/dev/null', 'x'.repeat(1e6))
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test('a fifo passes the report on', async () => {
    const fifo = inFolder('fifo')
    execFileSync('mkfifo', [fifo])
    const read = createReadStream(fifo, 'utf8').toArray()
    await written(fifo, 'report\n')
    expect((await read).join('')).toBe('report\n')
    expect(statSync(fifo).isFIFO()).toBe(true)
  })

  test.runIf(existsSync('/dev/full'))('a full one is an error', async () => {
    await expect(written('/dev/full', 'x')).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: "cannot write '/dev/full': no space left",
    })
  })
})

describe('is refused before any work', () => {
  const refused = async (path: string, inputs: string[] = []) => {
    const error = await openOutput(path, recordedIo(), inputs).then(
      () => null,
      (e) => e,
    )
    return { code: error?.code, message: error?.message.replaceAll(folder, '.') }
  }

  test('a folder that is not there', async () => {
    expect(await refused(inFolder('none/report'))).toEqual({
      code: 'OUTPUT_UNWRITABLE',
      message: "cannot write './none/report': the folder './none' does not exist",
    })
  })

  test('a file as a folder', async () => {
    writeFileSync(inFolder('file'), '')
    expect(await refused(inFolder('file/report'))).toEqual({
      code: 'OUTPUT_UNWRITABLE',
      message: "cannot write './file/report': the folder './file' is a file",
    })
  })

  test('a folder as a file', async () => {
    expect(await refused(folder)).toEqual({ code: 'OUTPUT_UNWRITABLE', message: "cannot write '.': it is a folder" })
  })

  test('an input, also by another name', async () => {
    writeFileSync(inFolder('logs'), '{}')
    symlinkSync('logs', inFolder('link'))
    const message = "cannot write './link': it is one of the inputs"
    expect(await refused(inFolder('link'), [inFolder('logs')])).toEqual({ code: 'OUTPUT_UNWRITABLE', message })
  })
})
