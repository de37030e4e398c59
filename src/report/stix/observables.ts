import { isIPv4, isIPv6 } from 'node:net'
import type { EvidenceValue, Network } from '../../model.ts'
import { canonicalJson, OBSERVABLE_NAMESPACE, uuidV5, wellFormed } from './ids.ts'
import { TLP_MARKING } from './marking.ts'
import { distinct, type StixObject } from './object.ts'

type Contributing = Readonly<Record<string, string | number>>

/** @param contributing all of its own properties; the id is made from them (STIX 2.1, 2.9) */
const observable = (type: string, contributing: Contributing): StixObject => ({
  type,
  spec_version: '2.1',
  id: `${type}--${uuidV5(OBSERVABLE_NAMESPACE, canonicalJson(contributing))}`,
  ...contributing,
  object_marking_refs: [TLP_MARKING.id],
})

/** An account under the id that the result shows (STIX 2.1, 6.16). */
export const userAccount = (accountId: string): StixObject =>
  observable('user-account', { user_id: wellFormed(accountId) })

const ADDRESS_FIELDS = new Set(['ip', 'ip_block', 'ip_address'])

/**
 * The value as an address, a block or an autonomous system (STIX 2.1, 6.8, 6.9 and 6.2); `null` for any other field, and
 * for what is no whole value, such as an address that was shortened.
 */
export function networkObservable(field: string, value: string): StixObject | null {
  if (field === 'asn') return autonomousSystem(value)
  if (!ADDRESS_FIELDS.has(field)) return null
  const match = /^(?<address>[\d.]+|[\da-f:]+)(?:\/(?<bits>0|[1-9]\d{0,2}))?$/iu.exec(value)
  const { address = '', bits = '0' } = match?.groups ?? {}
  if (isIPv4(address) && Number(bits) <= 32) return observable('ipv4-addr', { value })
  if (isIPv6(address) && Number(bits) <= 128) return observable('ipv6-addr', { value: value.toLowerCase() })
  return null
}

/** @param value such as `64500` or `AS64500`; numbers have 32 bits (RFC 6793) */
function autonomousSystem(value: string): StixObject | null {
  const number = Number(/^(?:AS)?(\d{1,10})$/iu.exec(value)?.[1] ?? -1)
  return number >= 0 && number < 2 ** 32 ? observable('autonomous-system', { number }) : null
}

/**
 * The accounts of a network and the blocks and systems they came from. A value that more strangers than members hold is
 * left out: in a partner's intake it would point at the strangers.
 */
export function observablesOf({ accounts, evidence }: Network): StixObject[] {
  const isOwn = ({ inside, outside }: EvidenceValue): boolean => inside > outside
  const values = evidence.flatMap((each) => each.values.filter(isOwn))
  const places = values.flatMap(({ field, value }) => networkObservable(field, value) ?? [])
  return distinct([...accounts.map(userAccount), ...places])
}
