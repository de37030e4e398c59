import type { AccountSet, Signal } from './signal.ts'

export type CorroboratorSpec = Pick<
  Signal,
  'id' | 'family' | 'title' | 'why' | 'statistic' | 'innocentCauses' | 'needs'
> & {
  readonly role?: Signal['role']
  /** Whether one account shows the behaviour. */
  shows(set: AccountSet, account: number): boolean
  /** Bits that one account's behaviour says at most. */
  readonly bits: number
  /** For the summary: `use every hour of the day`. */
  readonly verb: string
}

/** A signal on single accounts' behaviour: the mean over members of its bits where shown. */
export function corroboratorSignal(spec: CorroboratorSpec): Signal {
  const { shows, bits, verb, role, ...rest } = spec
  const count = (set: AccountSet, accounts: Int32Array): number =>
    accounts.reduce((n, a) => n + (shows(set, a) ? 1 : 0), 0)
  return {
    ...rest,
    role: role ?? 'corroborator',
    fields: [],
    agreement: 1,
    isIdentifier: false,
    memberBits: (set) => Float64Array.from(set.evaluated, (account) => (shows(set, account) ? bits : 0)),
    explain(set) {
      const accounts = count(set, set.members)
      return { summary: `${accounts} of ${set.members.length} accounts ${verb}`, values: [], accounts }
    },
  }
}
