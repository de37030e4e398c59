/** What is known of one setting. Checks, `config`, the README, the man page and the JSON Schema are made from it. */
export interface Setting {
  readonly default: number | string | boolean
  /** What a number counts; `null` for texts and switches. */
  readonly unit: string | null
  /** A part of a sentence. */
  readonly meaning: string
  /** Why this default, and what moving it does. */
  readonly reason: string
  /** The flag that sets it, if there is one. */
  readonly flag?: string
  /** Least and greatest value of a number; without `most` there is no bound. */
  readonly least?: number
  readonly most?: number
  /** A number that is no whole number makes no sense. */
  readonly isWhole?: true
}

/** Every setting of a scan, in the order in which people see them. */
export const SETTINGS = {
  seed: {
    ...{ default: 'distill-scan', unit: null, flag: '--seed' },
    meaning: 'where all random draws start; the same seed gives the same report',
    reason: 'any text does: a fixed one makes two runs over the same logs agree',
  },
  maxRejectRate: {
    ...{ default: 0.01, unit: 'share', flag: '--max-reject-rate', least: 0, most: 1 },
    meaning: 'share of unreadable records that is accepted before exit 3',
    reason: 'exports lose a line now and then; more than one in a hundred is a wrong format',
  },
  memoryMiB: {
    ...{ default: 600, unit: 'MiB', flag: '--memory', least: 128, isWhole: true },
    meaning: 'memory of the engine, its read buffers aside; the process needs some more beside it',
    reason:
      'with the 250 to 350 MiB beside it the process stays at about 1 GiB; less spills to disk sooner, and the least holds small logs alone',
  },
  threads: {
    ...{ default: 0, unit: 'threads', flag: '--threads', least: 0, isWhole: true },
    meaning:
      'threads of the engine; 0 is one per core, but no more than one for each 120 MiB of its memory; the report does not depend on it',
    reason: 'a nightly job has the machine for itself; fewer leave room for others',
  },
  maxHoldersPerLink: {
    ...{ default: 50, unit: 'accounts', least: 2, isWhole: true },
    meaning: 'a value that more accounts hold must pass a test before it links anybody; less in a small log',
    reason: 'most values that many strangers hold are offices and tools; more is slower and links more strangers',
  },
  minLinkBits: {
    ...{ default: 12, unit: 'bits', least: 0 },
    meaning: 'bits that link two accounts through two families or more; rises with the number of accounts',
    reason: 'a random pair breaks even at log2(N/50); lower finds looser groups and more strangers',
  },
  minInstrumentBits: {
    ...{ default: 9, unit: 'bits', least: 0 },
    meaning: 'bits of shared cards or devices that link two accounts on their own',
    reason: 'one card is one thing, so less is needed than of kinds; lower lets families and offices in',
  },
  minNetworkSize: {
    ...{ default: 3, unit: 'accounts', least: 2, isWhole: true },
    meaning: 'smaller groups are left out',
    reason: 'two accounts of one person are everyday life',
  },
  highScoreBits: {
    ...{ default: 10, unit: 'bits', least: 0 },
    meaning: 'score for severity high',
    reason: 'what strangers reach about once in a thousand; higher lists fewer networks as high',
  },
  mediumScoreBits: {
    ...{ default: 5, unit: 'bits', least: 0 },
    meaning: 'score for severity medium',
    reason: 'what strangers reach about once in thirty: worth a look, not a page at night',
  },
  minHighRequests: {
    ...{ default: 1000, unit: 'requests', least: 0, isWhole: true },
    meaning: 'with fewer requests a network is never high',
    reason: 'a class or a trial makes fewer; lower lets small users be high',
  },
  nullDraws: {
    ...{ default: 199, unit: 'draws', least: 19, isWhole: true },
    meaning: 'random groups that each group is compared with',
    reason:
      'p = 0.005 by counting, and below that by a bound on the tail; more is slower, under 19 cannot tell one in 20',
  },
  maxFastPairs: {
    ...{ default: 6_000_000, unit: 'pairs', least: 1, isWhole: true },
    meaning:
      'pairs of account and shared value held in memory; past it, address blocks are sampled and the report says so',
    reason: 'what fits beside the engine within 1 GiB; fewer sample sooner, more take more memory',
  },
  timeZone: {
    ...{ default: 'UTC', unit: null, flag: '--time-zone' },
    meaning: 'zone of timestamps that name none, such as `Europe/Vienna`',
    reason: 'most exports are in UTC; `Etc/GMT-8` is eight hours east of Greenwich',
  },
  dedupe: {
    ...{ default: false, unit: null, flag: '--dedupe' },
    meaning: 'each request id of an account counts once, in its earliest record',
    reason: 'it costs a pass over all ids; repeated deliveries are noticed without it',
  },
  trustedProxies: {
    ...{ default: '', unit: null, flag: '--trusted-proxies' },
    meaning: 'addresses and blocks of your own proxies, with commas between; they stand for no client',
    reason: 'nobody else can know them',
  },
  maxExpandedBytes: {
    ...{ default: 0, unit: 'bytes', flag: '--max-expanded', least: 0, isWhole: true },
    meaning: 'bytes that a compressed file may expand to; 0 is 4 GiB or 250 times its size, whichever is more',
    reason: 'logs compress ten to forty times; what expands much further may have been made to fill the disk',
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[]
