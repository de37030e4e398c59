/** Draws for the second generator: a generator and distributions of its own, sharing nothing with `src/`. */
export interface Chance {
  /** Uniform in [0, 1). */
  unit(): number
  /** A whole number, uniform in [0, bound). */
  whole(bound: number): number
  /** A whole number, uniform in [from, to]. */
  between(from: number, to: number): number
  yes(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** The i-th with weight 1 / (i + 1)^steepness (Zipf). */
  zipf<T>(from: readonly T[], steepness: number): T
  /** `count` different ones, in random order. */
  some<T>(from: readonly T[], count: number): T[]
  normal(mean: number, deviation: number): number
  /** Heavy tail: at least `least`, at most `most`. */
  pareto(least: number, alpha: number, most: number): number
  gamma(shape: number, mean: number): number
  poisson(mean: number): number
  /** A Poisson count whose mean is itself gamma distributed; smaller shape, wider spread. */
  negativeBinomial(mean: number, shape: number): number
  hex(digits: number): string
}

/** Source of the bits: splitmix32, the 32-bit finaliser of MurmurHash3 (Appleby) over a Weyl sequence (Steele et al. 2014). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const unit = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let bits = state
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
    return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32
  }
  const whole = (bound: number): number => Math.floor(unit() * bound)
  const pick = <T>(from: readonly T[]): T => from[whole(from.length)]!
  return {
    unit,
    whole,
    pick,
    between: (from, to) => from + whole(to - from + 1),
    yes: (probability) => unit() < probability,
    zipf: (from, steepness) => from[zipfIndex(unit(), from.length, steepness)]!,
    some: (from, count) => shuffle(from, whole).slice(0, count),
    pareto: (least, alpha, most) => Math.min(most, least / (1 - unit()) ** (1 / alpha)),
    hex: (digits) => Array.from({ length: digits }, () => whole(16).toString(16)).join(''),
    ...countsFrom(unit),
  }
}

function countsFrom(unit: () => number): Pick<Chance, 'normal' | 'gamma' | 'poisson' | 'negativeBinomial'> {
  /** Box & Muller 1958. */
  const normal = (mean: number, deviation: number): number =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())
  /** Marsaglia & Tsang 2000, "A simple method for generating gamma variables"; the power is its trick for shapes below 1. */
  const gamma = (shape: number, mean: number): number => {
    const boost = shape < 1 ? unit() ** (1 / shape) : 1
    const d = (shape < 1 ? shape + 1 : shape) - 1 / 3
    for (;;) {
      const x = normal(0, 1)
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(1 - unit()) < x * x * 0.5 + d - d * v + d * Math.log(v))
        return (d * v * boost * mean) / shape
    }
  }
  /** Knuth's product of uniforms; past 60 the normal is near enough. */
  const poisson = (mean: number): number => {
    if (mean > 60) return Math.max(0, Math.round(normal(mean, Math.sqrt(mean))))
    let count = -1
    for (let product = 1; product > Math.exp(-mean); product *= unit()) count++
    return Math.max(0, count)
  }
  return { normal, gamma, poisson, negativeBinomial: (mean, shape) => poisson(gamma(shape, mean)) }
}

const cumulated = new Map<string, number[]>()

function zipfIndex(at: number, count: number, steepness: number): number {
  const key = `${count} ${steepness}`
  let sums = cumulated.get(key)
  if (sums === undefined) {
    let sum = 0
    sums = Array.from({ length: count }, (_, i) => {
      sum += 1 / (i + 1) ** steepness
      return sum
    })
    cumulated.set(key, sums)
  }
  const wanted = at * sums.at(-1)!
  return sums.findIndex((sum) => sum > wanted)
}

function shuffle<T>(from: readonly T[], whole: (bound: number) => number): T[] {
  const left = [...from]
  return from.map(() => {
    const i = whole(left.length)
    const taken = left[i]!
    left[i] = left.at(-1)!
    left.pop()
    return taken
  })
}
