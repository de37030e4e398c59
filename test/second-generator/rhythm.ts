import type { Chance } from './chance.ts'
import { type Account, type Call, call, DAY, HOUR, type World } from './world.ts'

/** When somebody is awake: a mixture of bells over the hours of a week, or any time at all. */
export type Rhythm = 'work' | 'evening' | 'night' | 'always'

interface Bell {
  readonly hour: number
  readonly width: number
  readonly weight: number
  /** Of the week from Monday, 0 to 6. */
  readonly days: readonly number[]
}

const WORKDAYS = [0, 1, 2, 3, 4]
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const BELLS: Readonly<Record<Exclude<Rhythm, 'always'>, readonly Bell[]>> = {
  work: [
    { hour: 10.3, width: 1.4, weight: 5, days: WORKDAYS },
    { hour: 15, width: 1.7, weight: 5, days: WORKDAYS },
    { hour: 21, width: 1.2, weight: 1, days: EVERY_DAY },
  ],
  evening: [
    { hour: 20.5, width: 1.8, weight: 5, days: EVERY_DAY },
    { hour: 12.7, width: 0.7, weight: 1, days: WORKDAYS },
    { hour: 15, width: 3, weight: 3, days: [5, 6] },
  ],
  night: [{ hour: 25, width: 2.4, weight: 1, days: EVERY_DAY }],
}

export const anyRhythm = (chance: Chance): Rhythm => chance.zipf(['work', 'evening', 'night', 'always'], 0.9)

/** An instant in [since, until) that suits the rhythm, seconds since 1970; `zone` in hours. */
export function moment(world: World, rhythm: Rhythm, zone: number, since: number, until: number): number {
  const { chance, from } = world
  for (let attempt = 0; attempt < 60; attempt++) {
    const at = since + chance.unit() * (until - since)
    if (rhythm === 'always') return at
    const bells = BELLS[rhythm]
    const bell = heavier(chance, bells)
    const midnight = from + Math.floor((at - from) / DAY) * DAY
    const wanted = midnight + (chance.normal(bell.hour, bell.width) - zone) * HOUR
    const weekday = (Math.floor((midnight - from) / DAY) + 7) % 7 // the world begins on a Monday
    if (bell.days.includes(weekday) && wanted >= since && wanted < until) return wanted
  }
  return since + chance.unit() * (until - since)
}

function heavier(chance: Chance, bells: readonly Bell[]): Bell {
  const weighted = bells.flatMap((bell) => Array.from({ length: bell.weight }, () => bell))
  return chance.pick(weighted)
}

export interface Life {
  /** Calls in all; drawn by the caller. */
  readonly calls: number
  readonly rhythm?: Rhythm
  /** Seconds since 1970; the whole window if left out. */
  readonly since?: number
  readonly until?: number
  /** Mean calls of a session. */
  readonly session?: number
  /** What the next call shows; asked once a session for the place, once a call for the rest. */
  readonly how: () => Pick<Call, 'exit' | 'machine' | 'job'> & Partial<Call>
}

/** Sessions at moments that suit, of a negative-binomial length, with gamma-distributed pauses inside. */
export function live(world: World, account: Account, life: Life): void {
  const { chance, from, days } = world
  const since = Math.max(life.since ?? from, account.born)
  const until = life.until ?? from + days * DAY
  const rhythm = life.rhythm ?? anyRhythm(chance)
  const zone = chance.pick([-7, -5, -3, 0, 1, 1, 2, 3, 5.5, 8, 9])
  for (let left = Math.max(1, Math.round(life.calls)); left > 0; ) {
    let at = moment(world, rhythm, zone, since, until)
    const { exit, machine, ...rest } = life.how()
    for (let n = Math.min(left, 1 + chance.negativeBinomial((life.session ?? 5) - 1, 1.5)); n > 0 && at < until; n--) {
      call(world, account, at, n === 1 ? { ...rest, exit, machine } : { ...life.how(), exit, machine })
      at += chance.gamma(0.8, 90)
      left--
    }
    if (at >= until) left--
  }
}
