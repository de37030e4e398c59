/** A seeded source of randomness, passed in wherever a draw is made; nothing below `cli/` calls `Math.random`. */
export interface Random {
  /** The next number, uniform in [0, 1). */
  next(): number
  /** A whole number, uniform in [0, bound); `bound` >= 1. */
  below(bound: number): number
  /** An independent stream for a named part of the work, so that adding one test does not change another's draws. */
  fork(label: string): Random
}

/**
 * A small, fast, seeded generator: equal seeds give equal draws on every platform. Not for secrets.
 *
 * Source: sfc32 by C. Doty-Humphrey, PractRand (2010); state filled by FNV-1a and 12 warm-up rounds.
 *
 * @param seed any text or number; it is printed in the report
 */
export function createRandom(seed: string | number): Random {
  const text = String(seed)
  let a = fnv1a(text, 0x811c9dc5)
  let b = fnv1a(text, 0x9e3779b9)
  let c = fnv1a(text, 0x85ebca6b)
  let counter = 1
  const nextUint = (): number => {
    const out = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + out) | 0
    return out >>> 0
  }
  for (let round = 0; round < 12; round++) nextUint()
  const next = (): number => nextUint() / 0x1_0000_0000
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    fork: (label) => createRandom(`${text}/${label}`),
  }
}

/** The numbers 0..count-1 in random order (Fisher & Yates 1938). */
export function shuffled(count: number, random: Pick<Random, 'below'>): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const other = order[j]!
    order[j] = order[i]!
    order[i] = other
  }
  return order
}

/** 32-bit FNV-1a over UTF-16 code units (Fowler, Noll, Vo 1991), with a caller's basis. */
function fnv1a(text: string, basis: number): number {
  let hash = basis
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
