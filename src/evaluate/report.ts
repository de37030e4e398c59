import { ScanError } from '../errors.ts'
import { SEVERITIES } from '../model.ts'
import type { ReportedNetworks } from './evaluation.ts'

/** A report document as far as an evaluation needs it. */
export interface ReadReport extends ReportedNetworks {
  /** Networks that `--top` or `--min-severity` left out of the document. */
  readonly omittedNetworks: number
}

const HINT = 'Give the document of --format json: distill-scan LOGS --format json -o report.json'

/**
 * Reads the JSON document of a scan. Checks what an evaluation reads, not the whole schema.
 *
 * @param name of the file, for messages
 * @throws ScanError INPUT_EMPTY, INPUT_UNREADABLE; never quotes content
 */
export function parseReport(text: string, name: string): ReadReport {
  if (text.trim() === '') throw new ScanError('INPUT_EMPTY', `'${name}' is empty`, HINT)
  const document = parseJson(text, name)
  const problem = problemOf(document)
  if (problem !== null) throw refused(name, problem)
  const report = document as ReportedNetworks & { readonly omitted?: { readonly networks?: unknown } }
  const omitted = report.omitted?.networks
  return { networks: report.networks, omittedNetworks: typeof omitted === 'number' ? omitted : 0 }
}

const refused = (name: string, problem: string, cause?: unknown): ScanError =>
  new ScanError('INPUT_UNREADABLE', `'${name}' ${problem}`, HINT, { cause })

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ''))
  } catch (cause) {
    throw refused(name, isJsonLines(text) ? 'is NDJSON, not one JSON document' : 'is not a JSON document', cause)
  }
}

function isJsonLines(text: string): boolean {
  const [first = ''] = text.trimStart().split('\n', 1)
  try {
    return isObject(JSON.parse(first))
  } catch {
    return false
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What follows the name of the file; `null` for a report. */
function problemOf(document: unknown): string | null {
  if (!isObject(document)) return 'is JSON, but not a report'
  const { schemaVersion, networks } = document
  if (schemaVersion === undefined && 'rank' in document && 'accounts' in document) {
    return 'is a line of NDJSON, not the whole document'
  }
  if (schemaVersion === undefined) return 'is JSON, but not a report: it has no schemaVersion'
  if (schemaVersion !== 1) return 'has a schemaVersion that this version does not know; it knows 1'
  if (!Array.isArray(networks)) return 'has schemaVersion 1, but no list networks'
  for (const [i, network] of networks.entries()) {
    const wrong = wrongProperty(network)
    if (wrong !== null) return `has no usable networks[${i}].${wrong}`
  }
  return sharedAccount(networks)
}

/** Precision and pairs are counted network by network: an account in two of them would count twice. */
function sharedAccount(networks: ReportedNetworks['networks']): string | null {
  const home = new Map<string, number>()
  for (const [i, { accounts }] of networks.entries()) {
    for (const account of accounts) {
      const other = home.get(account)
      if (other === i) return `has an account twice in networks[${i}].accounts`
      if (other !== undefined) return `has an account in two networks: networks[${other}] and networks[${i}]`
      home.set(account, i)
    }
  }
  return null
}

function wrongProperty(network: unknown): string | null {
  const { rank, severity, accounts }: Readonly<Record<string, unknown>> = isObject(network) ? network : {}
  if (typeof rank !== 'number') return 'rank'
  if (!(SEVERITIES as readonly unknown[]).includes(severity)) return 'severity'
  const areTexts = Array.isArray(accounts) && accounts.every((account) => typeof account === 'string')
  return areTexts ? null : 'accounts'
}
