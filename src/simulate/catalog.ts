/** Models on offer, by slot number. The last is released inside the simulated window. Invented names. */
export const MODELS = ['atlas-mini-2', 'atlas-base-2', 'atlas-pro-2', 'atlas-max-3', 'atlas-max-4'] as const
export const MODEL = { mini: 0, base: 1, pro: 2, max: 3, released: 4 } as const

/** What requests are for, by slot number. */
export const CAPABILITIES = [
  'chat',
  'coding',
  'agentic',
  'data_analysis',
  'reasoning',
  'translation',
  'extraction',
  'vision',
  'summarization',
  'grading',
] as const
export const CAPABILITY = {
  chat: 0,
  coding: 1,
  agentic: 2,
  analysis: 3,
  reasoning: 4,
  translation: 5,
  extraction: 6,
  vision: 7,
  summary: 8,
  grading: 9,
} as const

/** What a template asks for beside its task, as far as its words show it; only texts depend on it. */
export const PURPOSE = { ordinary: 0, reasoning: 1, tags: 2, grading: 3, cleaning: 4, suite: 5 } as const
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE]

/** A client program as its user agent shows it: `prefix` + release number + `suffix`. */
export interface ClientFamily {
  readonly prefix: string
  readonly suffix: string
  /** Release number on 1 January 2026. */
  readonly release: number
  /** Days between releases. */
  readonly cadenceDays: number
  /** Runtimes that shake hands differently: that many TLS fingerprints. */
  readonly runtimes: number
  /** Share of installations in [0, 1] that report a device fingerprint; a browser or app does, an SDK seldom. */
  readonly deviceShare: number
  /** Popularity weight among people, and among machines. */
  readonly people: number
  readonly machines: number
}

const family = (
  prefix: string,
  suffix: string,
  [release, cadenceDays, runtimes]: readonly [number, number, number],
  [deviceShare, people, machines]: readonly [number, number, number],
): ClientFamily => ({ prefix, suffix, release, cadenceDays, runtimes, deviceShare, people, machines })

/** Invented programs; the shape of the market (few popular ones, a tail) by judgement. */
export const CLIENTS = [
  family('assist-python/1.', '.0', [42, 11, 5], [0.35, 18, 40]),
  family('assist-node/0.', '.2', [71, 9, 4], [0.35, 12, 22]),
  family('assist-cli/2.', '.0 (terminal)', [18, 7, 3], [0.97, 22, 4]),
  family('Mozilla/5.0 (desktop; x64) Wren/', '.0', [131, 28, 3], [0.98, 20, 0]),
  family('Mozilla/5.0 (desktop; arm64) Heron/', '.0', [19, 35, 2], [0.98, 10, 0]),
  family('assist-app/6.', ' (phone)', [4, 14, 2], [0.98, 14, 0]),
  family('loomchain/0.', '.1', [33, 13, 5], [0.3, 4, 14]),
  family('agentkit/1.', '.4', [12, 10, 4], [0.5, 6, 8]),
  family('assist-go/0.', '.0', [27, 24, 2], [0.2, 1, 8]),
  family('assist-java/3.', '.1', [8, 40, 3], [0.2, 1, 7]),
  family('curl/8.', '.0', [11, 60, 3], [0.05, 1, 3]),
  family('editor-assist/0.', '.0 (plugin)', [95, 8, 2], [0.95, 9, 0]),
] as const

/** Numbers of the client families, by what they are. */
export const CLIENT = {
  python: 0,
  node: 1,
  cli: 2,
  browser: 3,
  app: 5,
  chain: 6,
  agentkit: 7,
  go: 8,
  java: 9,
  curl: 10,
  editor: 11,
} as const

/** A part of the world: users choose banks, providers and hours by it. User-assigned country codes (ISO 3166-1). */
export const REGIONS = [
  { country: 'XA', zoneHours: -8, weight: 16 },
  { country: 'XB', zoneHours: -5, weight: 20 },
  { country: 'XC', zoneHours: -3, weight: 8 },
  { country: 'XD', zoneHours: 0, weight: 12 },
  { country: 'XE', zoneHours: 1, weight: 16 },
  { country: 'XF', zoneHours: 3, weight: 6 },
  { country: 'XG', zoneHours: 5, weight: 12 },
  { country: 'XH', zoneHours: 8, weight: 10 },
] as const
