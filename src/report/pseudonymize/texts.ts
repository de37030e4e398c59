import type { ScanResult } from '../../model.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { createReplacer } from './replacer.ts'

/** Bounded, so that a long text without any takes no longer than its length. */
const EMAIL = /[^\s@"'<>()[\],;:]{1,256}@[^\s@"'<>()[\],;:]{1,256}\.[^\s@"'<>()[\],;:.]+/gu
/** An address or a block. Not behind a slash or a letter: `Browser/120.0.0.0` is a version. */
const IPV4 = /(?<![\w/.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\w.]*\w)/gu
const IPV6 =
  /(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?)(?:\/\d{1,3})?(?![\w:])/giu

/**
 * What becomes of a sentence of the result: every value that the result holds anywhere, and whatever looks like a mailbox, an
 * address or a block, gets its pseudonym.
 * No sentence names a file.
 */
export function createTextPseudonymizer(result: ScanResult, pseudonyms: Pseudonyms): (text: string) => string {
  const replace = createReplacer(new Map(pseudonymsOf(result, pseudonyms)))
  const byShape = (value: string): string =>
    pseudonyms.of(value.includes('@') ? 'email' : value.includes('/') ? 'ip_block' : 'ip', value)
  return (text) => replace(text).replace(EMAIL, byShape).replace(IPV4, byShape).replace(IPV6, byShape)
}

/** Of a value that stands in two fields the first one; accounts before all. */
function* pseudonymsOf(result: ScanResult, { of, ofNetwork }: Pseudonyms): Iterable<readonly [string, string]> {
  const held = [
    ...result.suppressedValues,
    ...result.networks.flatMap(({ hubs, members, evidence }) => [
      ...hubs,
      ...members.flatMap(({ links }) => links),
      ...evidence.flatMap(({ values }) => values),
    ]),
  ]
  for (const { field, value } of held.reverse()) yield [value, of(field, value)]
  for (const { id } of result.networks) yield [id, ofNetwork(id)]
  for (const { accounts } of [...result.explained, ...result.networks]) {
    for (const id of accounts) yield [id, of('account_id', id)]
  }
}
