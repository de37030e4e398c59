import { explain } from '../explain/explain.ts'
import type { Report } from '../explain/explanation.ts'
import { createPseudonyms } from '../report/pseudonymize/pseudonyms.ts'

/**
 * The id by which a document under pseudonyms knows what the user named: who holds the key may name an account or a network as
 * the logs do, or by its pseudonym.
 *
 * @returns `null` for what neither the document nor, without pseudonyms, the report knows
 */
export function idUnderKey(
  id: string,
  { report, shown, key }: { readonly report: Report; readonly shown: Report; readonly key: Uint8Array },
): string | null {
  const { of, ofNetwork } = createPseudonyms(key)
  const account = of('account_id', id)
  const named = [account, id, ofNetwork(id)].find((each) => isNamed(shown, each))
  if (named !== undefined) return named
  // An account in no network: the document itself cannot tell it from nobody's id.
  return explain(report, id) === null ? null : account
}

const isNamed = ({ networks, explained }: Report, id: string): boolean =>
  networks.some((each) => each.id === id || each.members.some(({ accountId }) => accountId === id)) ||
  explained.some(({ accounts }) => accounts.includes(id))
