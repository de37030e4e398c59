/** A limit that a method has run into: it is reported with that, and nothing is wrong with the program. */
export class LimitReached extends Error {}

/**
 * @typedef {object} Clock
 * @property {() => void} check throws {@link LimitReached} when the time is up; cheap enough for an outer loop
 */

/**
 * @param {number} limitSeconds
 * @param {() => number} [nowMs]
 * @returns {Clock}
 */
export function startClock(limitSeconds, nowMs = () => performance.now()) {
  const endMs = nowMs() + limitSeconds * 1000
  return {
    check() {
      if (nowMs() > endMs) throw new LimitReached(`timed out after ${limitSeconds} s`)
    },
  }
}
