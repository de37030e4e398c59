import type { Chance } from './chance.ts'

/** What a request shows of the program that sent it. */
export interface Machine {
  readonly agent: string
  /** TLS client hello (JA4). */
  readonly hello: string
  /** `null` for programs that send none. */
  readonly device: string | null
}

export interface Card {
  readonly payment: string
  readonly iin: string
  readonly last4: string
  readonly expiry: string
  readonly holder: string
  readonly zip: string
}

/** A system prompt and the tools beside it, as hashes; `null` for a bare chat. */
export interface Job {
  readonly system: string | null
  readonly tools: string | null
}

type Kind = Omit<Machine, 'device'>

export interface Market {
  /** Client builds, commonest first. */
  readonly kinds: readonly Kind[]
  /** Issuer numbers, commonest first. The last ones are a regional prepaid issuer and a seller of virtual cards. */
  readonly issuers: readonly string[]
  readonly prepaid: string
  readonly virtual: string
  /** Public agent frameworks, commonest first. */
  readonly frameworks: readonly Job[]
  kind(): Kind
  machine(): Machine
  card(fixed?: Partial<Card>): Card
  privateJob(): Job
  /** What a stranger does: chats, uses a framework, or has a prompt of their own. */
  ordinaryJob(): Job
  prompt(): string
  mailbox(domain?: string): string
}

const NAMES = 'ada ben cleo dan eva finn gus hana ivo june kai lena milo nora otto pia quinn rosa sami tess uma vic'
const SURNAMES = 'abel brook castle dorn ender frost gale hart isler jansen klee lund moor noble ostrow page reed sand'

export function createMarket(chance: Chance): Market {
  const hellos = Array.from({ length: 24 }, () => `t13d${chance.hex(6)}_${chance.hex(12)}_${chance.hex(12)}`)
  const kinds = ['httpx', 'node-fetch', 'okhttp', 'go-http', 'desktop', 'browser'].flatMap((name, i) =>
    Array.from({ length: 11 }, (_, n) => ({ agent: `${name}/${i + 1}.${20 - n}`, hello: hellos[i * 4 + (n % 4)]! })),
  )
  const shelf = chance.some(kinds, kinds.length)
  const issuers = Array.from({ length: 90 }, () => String(chance.between(400_000, 559_999)))
  const words = Array.from({ length: 150 }, () => chance.hex(40))
  const zips = Array.from({ length: 400 }, () => String(chance.between(10_000, 99_999)))
  const domains = Array.from({ length: 12 }, (_, i) => `post${i}.example`)
  const frameworks = Array.from({ length: 25 }, () => ({ system: chance.hex(40), tools: chance.hex(40) }))
  const kind = (): Kind => chance.zipf(shelf, 0.9)
  const privateJob = (): Job => ({ system: chance.hex(40), tools: chance.yes(0.4) ? chance.hex(40) : null })
  return {
    kinds: shelf,
    issuers,
    prepaid: issuers.at(-1)!,
    virtual: issuers.at(-2)!,
    frameworks,
    kind,
    privateJob,
    machine: () => ({ ...kind(), device: chance.yes(0.6) ? chance.hex(32) : null }),
    card: (fixed = {}) => ({
      payment: `pm_${chance.hex(20)}`,
      iin: chance.zipf(issuers, 0.8),
      last4: String(chance.whole(10_000)).padStart(4, '0'),
      expiry: `${String(chance.between(1, 12)).padStart(2, '0')}/${chance.between(26, 30)}`,
      holder: chance.hex(24),
      zip: chance.pick(zips),
      ...fixed,
    }),
    ordinaryJob: () => {
      const draw = chance.unit()
      if (draw < 0.35) return { system: null, tools: null }
      return draw < 0.65 ? chance.zipf(frameworks, 1) : privateJob()
    },
    prompt: () => (chance.yes(0.04) ? chance.zipf(words, 1) : chance.hex(40)),
    mailbox: (domain = chance.zipf(domains, 1.1)) => `${mailName(chance)}@${domain}`,
  }
}

function mailName(chance: Chance): string {
  const name = chance.pick(NAMES.split(' '))
  const surname = chance.pick(SURNAMES.split(' '))
  const digits = chance.yes(0.55) ? String(chance.whole(10 ** chance.between(1, 4))) : ''
  return chance.pick([`${name}.${surname}`, `${name}${surname}`, `${name[0]}${surname}`, `${surname}_${name}`]) + digits
}
