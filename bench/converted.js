import { spawn, spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** Logs that hold the records of the plain one in another container. */

const hasZstd = spawnSync('zstd', ['--version']).status === 0
const CONVERT = join(import.meta.dirname, 'convert.js')

/**
 * @typedef {object} Container
 * @property {string} file name of the log
 * @property {string} by what makes it, part of the recipe: another tool writes other bytes
 * @property {(log: string, to: string) => Promise<unknown>} make
 */

/** Without the `zstd` tool DuckDB writes the file. */
export const CONVERTED = /** @type {const} @satisfies {Record<string, Container>} */ ({
  gz: {
    file: 'logs.ndjson.gz',
    by: 'gzip -6',
    make: (log, to) => pipeline(createReadStream(log), createGzip({ level: 6 }), createWriteStream(to)),
  },
  zst: {
    file: 'logs.ndjson.zst',
    by: hasZstd ? 'zstd -3' : 'COPY, zstd',
    make: (log, to) =>
      hasZstd ? run(['zstd', '-q', '-3', '-T0', '-o', to, log]) : run([process.execPath, CONVERT, log, to]),
  },
  parquet: {
    file: 'logs.parquet',
    by: 'COPY, Parquet of zstd',
    make: (log, to) => run([process.execPath, CONVERT, log, to]),
  },
})

/** @param {readonly string[]} command */
export const run = ([file = '', ...args]) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve(null) : reject(new Error(`'${file}' ended with ${code} on ${args.at(-1)}`)),
    )
  })
