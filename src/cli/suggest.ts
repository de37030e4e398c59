/** The one of `names` that is nearest to `word`, if it is within `maxEdits` edits; ties go to the first named. */
export function nearest(word: string, names: readonly string[], maxEdits: number): string | undefined {
  let best: string | undefined
  let fewest = maxEdits + 1
  for (const name of names) {
    if (Math.abs(name.length - word.length) > maxEdits) continue
    const edits = editDistance(word, name)
    if (edits < fewest) {
      best = name
      fewest = edits
    }
  }
  return best
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b` (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const edits = Math.min(substituted, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(isSwap ? Math.min(edits, (beforeLast[j - 2] ?? 0) + 1) : edits)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
