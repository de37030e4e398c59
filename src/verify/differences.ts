import { isDeepStrictEqual } from 'node:util'

type Keyed = Readonly<Record<string, unknown>>

/**
 * Keys under which two JSON-safe objects differ, in the order of the first. With `isStrict` a key that only one of them has
 * differs; else it is passed over, since a version may gain properties.
 */
export function differences(reported: object, found: object, isStrict: boolean): string[] {
  const before = reported as Keyed
  const now = found as Keyed
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return keys.filter((key) => {
    const isShared = Object.hasOwn(before, key) && Object.hasOwn(now, key)
    return isShared ? !isDeepStrictEqual(before[key], now[key]) : isStrict
  })
}
