import { ScanError } from './errors.ts'

/**
 * Every setting, with its unit and the reason for its default.
 * Later layers win: defaults < config file < flags.
 */
export const defaults = {
  /** Seed of every random draw; printed in the report. */
  seed: 'distill-scan',
  /** Share of records in [0, 1] that may be unreadable before a scan counts as incomplete (exit 3). */
  maxRejectRate: 0.01,
  /** Engine memory bound, MiB. The process needs about 250 MiB beside it, which keeps it under 1 GiB. */
  memoryMiB: 600,
  /** Engine threads; 0 means one per core. */
  threads: 0,
  /** Accounts; a value held by more (in a small log: by a twentieth) is a hub (docs/detection.md, "Hubs"). */
  maxHoldersPerLink: 50,
  /** Bits a link between two accounts must carry. log2(N/50) is break-even for a random pair. */
  minLinkBits: 12,
  /** Bits that shared identifiers (cards, devices) must carry to link two accounts without a second family. */
  minInstrumentBits: 9,
  /** Accounts; smaller groups are counted, not reported. */
  minNetworkSize: 3,
  /** Bits that must survive the best innocent explanation for severity high. */
  highScoreBits: 10,
  /** Bits for severity medium. */
  mediumScoreBits: 5,
  /** Requests below which a network is never high. */
  minHighRequests: 1000,
  /** Draws of the null behind each confirmation: p = 0.005 by counting, and below that by a bound on the tail. */
  nullDraws: 199,
  /** Pairs of account and address block that the engine may hold; past it, values are sampled by hash. */
  maxFastPairs: 6_000_000,
  /** The zone of timestamps that name none: `UTC`, a name such as `Europe/Vienna`, or `Etc/GMT-8` for eight hours east. */
  timeZone: 'UTC',
  /** Each request id of an account counts once, in the earliest of its records. */
  dedupe: false,
  /** Addresses and blocks of one's own proxies, with commas between: they stand for no client. */
  trustedProxies: '',
  /** Bytes that one compressed input may expand to; 0: 4 GiB or 250 times its size, whichever is more. */
  maxExpandedBytes: 0,
} as const satisfies Record<string, number | string | boolean>

type Widened<T> = T extends string ? string : T extends boolean ? boolean : number

export type Config = { readonly [K in keyof typeof defaults]: Widened<(typeof defaults)[K]> }

/**
 * Merges layers of settings over the defaults.
 *
 * @throws ScanError CONFIG_INVALID for an unknown key, a wrong type or a number below 0; names the nearest key
 */
export function resolveConfig(...layers: ReadonlyArray<Readonly<Record<string, unknown>>>): Config {
  const merged: Record<string, number | string | boolean> = { ...defaults }
  for (const [key, value] of layers.flatMap((layer) => Object.entries(layer))) {
    if (value === undefined) continue // a flag that was not given
    if (!Object.hasOwn(defaults, key)) {
      throw new ScanError(
        'CONFIG_INVALID',
        `unknown setting '${key}'`,
        `Use one of: ${Object.keys(defaults).join(', ')}.`,
      )
    }
    const expected = typeof defaults[key as keyof typeof defaults]
    if (typeof value !== expected || (typeof value === 'number' && !(value >= 0))) {
      throw new ScanError(
        'CONFIG_INVALID',
        `setting '${key}' is not a ${expected}${expected === 'number' ? ' >= 0' : ''}`,
        `Its default is ${defaults[key as keyof typeof defaults]}.`,
      )
    }
    merged[key] = value as number | string | boolean
  }
  return merged as unknown as Config
}
