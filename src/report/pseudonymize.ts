import type { ScanResult } from '../model.ts'
import { pseudonymizeNetwork, pseudonymizeValues, type Treatment } from './pseudonymize/network.ts'
import { createPseudonyms } from './pseudonymize/pseudonyms.ts'
import {
  pseudonymizeCase,
  pseudonymizeExpired,
  pseudonymizeExplained,
  pseudonymizeGone,
} from './pseudonymize/reviews.ts'
import { createTextPseudonymizer } from './pseudonymize/texts.ts'

/** Said in every document: who gets it should know. Pseudonymised data are personal data (GDPR Art. 4(5), Recital 26). */
export const PSEUDONYM_NOTE =
  'account ids, network ids and values are pseudonyms under a key that is kept elsewhere (HMAC-SHA-256); they remain personal data'

/**
 * The result with a pseudonym for every account id, network id and value, wherever it stands, and with numbers for the names of
 * the inputs. Times, counts, models and the words of our own stay. Under another key nothing of it can be linked but
 * by those. The index of accounts goes: with it, guessed ids could be tested. Source of the method: `pseudonyms.ts`;
 * docs/reports.md, "Privacy", has the table.
 *
 * Applied to the whole result, before it is limited or rendered, like `redact`.
 *
 * @param result with values whole; one that is pseudonymised already would get pseudonyms of pseudonyms
 */
export function pseudonymize(result: ScanResult, key: Uint8Array): ScanResult {
  const pseudonyms = createPseudonyms(key)
  const names = new Map(result.inputs.map(({ path }, i) => [path, `input-${i + 1}`]))
  const text = createTextPseudonymizer(result, pseudonyms)
  const treatment: Treatment = { pseudonyms, text }
  return {
    ...result,
    identifiers: 'pseudonymised',
    inputs: result.inputs.map((input, i) => ({ ...input, path: `input-${i + 1}`, damage: input.damage.map(text) })),
    networks: result.networks.map((network) => pseudonymizeNetwork(network, treatment)),
    explained: result.explained.map((group) => pseudonymizeExplained(group, treatment)),
    expiredDeclarations: result.expiredDeclarations.map((each, n) => pseudonymizeExpired(each, n, treatment)),
    goneNetworks: result.goneNetworks.map((each) => pseudonymizeGone(each, treatment)),
    case: result.case && pseudonymizeCase(result.case, treatment),
    suppressedValues: pseudonymizeValues(result.suppressedValues, treatment, ({ accounts }) => String(accounts)).map(
      (each) => ({ ...each, reason: text(each.reason) }),
    ),
    notes: [...result.notes.map(text), PSEUDONYM_NOTE].sort(),
    joins: result.joins.map((join) => ({ ...join, path: joinedName(join.path, names) })),
    accountIndex: null,
  }
}

/** Files that share a copy are told together: `a.csv and 3 more`. The longest name that fits is the one. */
function joinedName(path: string, names: ReadonlyMap<string, string>): string {
  const name = [...names.keys()]
    .filter((each) => path.startsWith(each) && /^(?: and \d+ more)?$/u.test(path.slice(each.length)))
    .sort((a, b) => b.length - a.length)[0]
  return name === undefined ? 'another input' : names.get(name)! + path.slice(name.length)
}
