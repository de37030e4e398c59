import type { Random } from '../random.ts'
import { chance, pick, wholeBetween, zipf } from './draw.ts'

const STARTS = [
  'Ba',
  'Ce',
  'Do',
  'Fe',
  'Ga',
  'He',
  'Io',
  'Ja',
  'Ke',
  'Lu',
  'Ma',
  'Ne',
  'Or',
  'Pa',
  'Qui',
  'Ro',
  'Sa',
  'Te',
  'Ul',
  'Va',
  'Wi',
  'Yo',
  'Za',
  'Bri',
]
const MIDDLES = ['la', 'mi', 'ro', 'ne', 'tha', 'vi', 'lo', 'ri', 'sa', 'du', 'ge', 'ka', 'bo', 'fi']
const GIVEN_ENDS = ['n', 'ra', 'l', 's', 'na', 'th', 'k', 'la', 'm', 'x']
const FAMILY_ENDS = ['ner', 'sted', 'wick', 'moor', 'berg', 'dale', 'quist', 'ford', 'vane', 'low', 'ton', 'mark']

/** Public mail services, most popular first. Reserved top-level domains only (RFC 2606). */
const MAIL_DOMAINS = [
  'postbox.example',
  'mailhaus.example',
  'letterly.example',
  'inboxa.example',
  'quickmail.test',
  'ownpost.example',
  'mailroom.test',
  'paperplane.example',
  'pigeon.test',
  'courier.example',
  'netpost.example',
  'webletter.test',
  'mailbird.example',
  'sendly.test',
  'stampede.example',
  'envelope.test',
  'dropnote.example',
  'fastpost.test',
  'airletter.example',
  'parcel.test',
]
const WORDS = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'harbor',
  'indigo',
  'juniper',
  'karst',
  'lumen',
  'maple',
  'north',
  'onyx',
  'pine',
  'quartz',
  'river',
  'slate',
  'timber',
  'umber',
  'vale',
  'willow',
  'zephyr',
]

/** A person's name. Common names are common: strangers share them, as strangers do. */
export interface PersonName {
  readonly given: string
  readonly family: string
}

function compose(index: number, ends: readonly string[]): string {
  const middle = MIDDLES[Math.floor(index / STARTS.length) % MIDDLES.length]
  return `${STARTS[index % STARTS.length]}${middle}${ends[Math.floor((index * 7) / 5) % ends.length]}`
}

/** An invented name; a few thousand given and family names, popular ones more often. */
export const personName = (random: Random): PersonName => ({
  given: compose(zipf(random, 300), GIVEN_ENDS),
  family: compose(zipf(random, 3000) + random.below(40), FAMILY_ENDS),
})

/** A public mail service's domain, by popularity. */
export const mailDomain = (random: Random): string => MAIL_DOMAINS[zipf(random, MAIL_DOMAINS.length)] as string

/** The domain of a company, a school or a household. */
export function ownDomain(random: Random): string {
  const name = `${pick(random, WORDS)}-${compose(random.below(4000), FAMILY_ENDS).toLowerCase()}`
  return `${name}${chance(random, 0.3) ? random.below(99) : ''}.${chance(random, 0.8) ? 'example' : 'test'}`
}

/** A local part the way people choose one. */
export function localPart(random: Random, name: PersonName): string {
  const given = name.given.toLowerCase()
  const family = name.family.toLowerCase()
  const year = wholeBetween(random, 60, 99)
  const styles = [
    `${given}.${family}`,
    `${given}${family}${random.below(100)}`,
    `${given[0]}${family}`,
    `${given}${year}`,
    `${family}.${given}`,
    `${given}_${family}`,
    `${pick(random, WORDS)}${given}${random.below(1000)}`,
    `${given}${random.below(10_000)}`,
    `${pick(random, WORDS)}${pick(random, WORDS)}`,
  ]
  return pick(random, styles)
}

/** The local part a script makes: one pattern for a whole batch. */
export function patternedLocalPart(random: Random, pattern: number, serial: number): string {
  const name = personName(random)
  const digits = String(serial * 7 + random.below(7)).padStart(4, '0')
  const patterns = [
    `${name.given.toLowerCase()}${name.family.toLowerCase()}${digits}`,
    `${pick(random, WORDS)}${pick(random, WORDS)}${digits}`,
    `${name.given.toLowerCase()}.${digits}`,
    `${name.family.toLowerCase().slice(0, 4)}${name.given.toLowerCase().slice(0, 3)}${digits}`,
  ]
  return patterns[pattern % patterns.length] as string
}

/** A word for organisations, venues and referral codes. */
export const word = (random: Random): string => pick(random, WORDS)
