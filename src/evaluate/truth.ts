import type { Label, LabelClass } from './label.ts'

/** Accounts that the labels put into one network of fraud or abuse. */
export interface TrueNetwork {
  readonly network: string
  readonly class: Exclude<LabelClass, 'innocent'>
  /** The commonest among its accounts; of equals the first by name. */
  readonly kind: string
  readonly accounts: readonly string[]
}

export interface Truth {
  readonly labelOf: ReadonlyMap<string, Label>
  /** Of the size or larger; fraud before abuse, then the largest first, then by name. */
  readonly networks: readonly TrueNetwork[]
  /** Networks of fraud or abuse that are smaller. */
  readonly smaller: number
}

/**
 * The labels by account and by network. Accounts of two classes under one name are two networks. An account that is
 * labelled twice has its first label.
 */
export function readTruth(labels: readonly Label[], minSize: number): Truth {
  const labelOf = new Map<string, Label>()
  const groups = new Map<string, Label[]>()
  for (const label of labels) {
    if (labelOf.has(label.accountId)) continue
    labelOf.set(label.accountId, label)
    if (label.network === '' || label.class === 'innocent') continue
    const key = `${label.class}\0${label.network}`
    const group = groups.get(key)
    if (group) group.push(label)
    else groups.set(key, [label])
  }
  const large = [...groups.values()].filter((group) => group.length >= minSize)
  const networks = large.map(asNetwork).sort(byClassSizeName)
  return { labelOf, networks, smaller: groups.size - large.length }
}

const asNetwork = (group: readonly Label[]): TrueNetwork => ({
  network: group[0]!.network,
  class: group[0]!.class as TrueNetwork['class'],
  kind: commonest(group.map((label) => label.kind)),
  accounts: group.map((label) => label.accountId),
})

function byClassSizeName(a: TrueNetwork, b: TrueNetwork): number {
  if (a.class !== b.class) return a.class === 'fraud' ? -1 : 1
  return b.accounts.length - a.accounts.length || (a.network < b.network ? -1 : 1)
}

/** The text that comes most often; of equals the first by code units; empty for none. */
export function commonest(texts: Iterable<string>): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return first?.[0] ?? ''
}
