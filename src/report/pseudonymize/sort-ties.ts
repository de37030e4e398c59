/**
 * The list with neighbours of equal strength in the order of their new names: among equals the old order was that of the
 * values, and would tell which comes before which.
 */
export function sortTies<T extends { readonly field: string; readonly value: string }>(
  items: readonly T[],
  strengthOf: (item: T) => string,
): T[] {
  const runs: T[][] = []
  for (const item of items) {
    const run = runs.at(-1)
    if (run !== undefined && strengthOf(run[0]!) === strengthOf(item)) run.push(item)
    else runs.push([item])
  }
  return runs.flatMap((run) => run.sort((a, b) => order(a.field, b.field) || order(a.value, b.value)))
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
