/** The candidate with the fewest edits from the text, the first on a tie; `null` when none is near. */
export function nearestName(text: string, candidates: readonly string[]): string | null {
  let best: { name: string | null; distance: number } = { name: null, distance: Math.floor(text.length / 2) + 1 }
  for (const name of candidates) {
    const distance = editDistance(text.slice(0, 64), name)
    if (distance < best.distance) best = { name, distance }
  }
  return best.name
}

/** Levenshtein distance: insertions, deletions and replacements. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
