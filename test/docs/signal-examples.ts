import { binomialTailBits } from '../../src/signals/binomial.ts'
import { hypergeometricTail, poissonTail } from '../../src/signals/chance.ts'
import { agreementBits, strangerShare } from '../../src/signals/rarity.ts'
import { signals } from '../../src/signals/registry.ts'
import { isThing } from '../../src/signals/signal.ts'

/** The arithmetic of the examples of `docs/signals.md`, worked with the functions that the signals use. */

const { log2 } = Math
const bits = (value: number): string => `${value.toFixed(1)} bits`

/** A field: accounts that hold any value, different values, and members that hold any. */
interface FieldCounts {
  readonly accounts: number
  readonly values: number
  readonly insideField: number
}

/** A value that `inside` members and `outside` strangers hold: one stranger in how many, and the bits of a member. */
function shared(id: string, { accounts, values, insideField }: FieldCounts, inside: number, outside: number): string[] {
  const signal = signals.find((each) => each.id === id)!
  const field = { name: '', accounts, values, sampledOneIn: 1, valuesHeld: new Int32Array() }
  const share = strangerShare(field, inside + outside, inside, insideField, isThing(signal))
  const agreement = signal.isIdentifier ? signal.agreement : inside / insideField
  const oneIn = 1 / share
  const shown = oneIn < 200 ? oneIn.toFixed(1) : Math.round(oneIn).toLocaleString('en-US')
  return [shown, bits(agreementBits(agreement, share))]
}

/** Two values of one field: one that speaks, one that many strangers hold. */
const both = (id: string, field: FieldCounts, inside: number, outside: readonly number[]): string[] =>
  outside.flatMap((each) => shared(id, field, inside, each))

/** A member with `hits` of 100 requests, strangers with so many of 50,000. */
function wording(hits: number, strangers: number): string[] {
  const share = (strangers + 0.5) / 50_001
  return [bits(log2((hits + share) / 101 / share))]
}

const lift = (a: number, of: number, b: number, ofB: number): number => (a + 0.5) / (of + 1) / ((b + 0.5) / (ofB + 1))
const tail = (p: number): string => bits(-log2(p))
const run = binomialTailBits(59, 160 / 10_000, 11) - log2(60) - log2(6 * 50)
const shift = (0.3 + 0.5 / 40) / (0.02 + 0.5 / 40)

/** Figures that the example of each signal must have, in its order. */
export const FIGURES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    (
      [
        ['shared-payment-instrument', 5000, 4800, 12, 12, 0, 3],
        ['shared-billing-details', 3000, 2900, 25, 20, 0],
        ['card-bin-concentration', 4000, 220, 36, 30, 150, 1400],
        ['shared-device', 8000, 7600, 15, 15, 0, 60],
        ['shared-client-stack', 2000, 35, 40, 40, 6, 700],
        ['shared-address-block', 3000, 2500, 20, 18, 4, 400],
        ['network-concentration', 5000, 180, 30, 24, 12, 900],
        ['shared-registration-details', 1500, 600, 25, 25, 2, 300],
        ['registration-pattern', 2400, 900, 40, 32, 1, 300],
        ['shared-prompt-template', 2000, 300, 20, 20, 0, 900],
        ['repeated-prompt', 2000, 50_000, 10, 10, 0, 400],
      ] as const
    ).map(([id, accounts, values, insideField, inside, ...outside]) => [
      id,
      both(id, { accounts, values, insideField }, inside, outside),
    ]),
  ),
  'registration-burst': [bits(log2(4989 / 2.5)), bits(log2(4989 / 400.5))],
  'high-volume': [`${18 / 24} bits`],
  'round-the-clock-use': [String((10 * 24 * 20) / 24)],
  'no-ramp': [`${Math.round((100 * 110) / 130)} %`, `${Math.round((100 * 90) / 130)} %`],
  'alike-use': [bits(log2(1.6 / 0.2) + log2(0.9 / 0.3) + log2(1.2 / 0.3) + log2(1 / 0.25))],
  'issued-card-runs': [bits(run), bits(log2(12 / 60 / (111 / 10_000)))],
  'reasoning-elicitation': wording(30, 20),
  'reasoning-tags': wording(90, 200),
  'trace-extraction': [bits(log2(6.5 / 21 / (1.5 / 2001))), bits(0.3 * log2(6.5 / 21 / (1.5 / 2001)))],
  'rubric-grading': wording(40, 150),
  'trace-cleaning': wording(50, 100),
  'identity-injection': wording(99, 500),
  'synchronised-use': [bits(log2(90.5 / 6.5)), bits(log2(60.5 / 97 / (4.5 / 1601)))],
  dispatcher: [bits((8 * 0.02) / 0.03)],
  failover: [poissonTail(9, 1.2).toFixed(7), tail(poissonTail(9, 1.2))],
  'hand-over': [poissonTail(5, 0.1).toFixed(9), tail(2 * poissonTail(5, 0.1))],
  'pool-shift': [`${shift.toFixed(1)} times`, bits(log2(shift))],
  'release-pivot': [
    `${lift(14, 16, 20, 200).toFixed(1)} times`,
    bits(log2(lift(14, 16, 20, 200))),
    hypergeometricTail(14, 16, 34, 216).toExponential(1),
  ],
  'signature-replay': [poissonTail(6, 0.4).toFixed(7), tail(poissonTail(6, 0.4))],
  'best-of-n': [bits(log2(0.95 / (3.5 / 5001)))],
  'dataset-sweep': [`${lift(28, 30, 6, 300).toFixed(1)} times`, bits(log2(lift(28, 30, 6, 300)))],
}
